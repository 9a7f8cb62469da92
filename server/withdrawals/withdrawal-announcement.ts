import type { Amount } from '#server/kernel/amount.ts';
import type { Announcement } from '#server/notifications/index.ts';
import type { WithdrawalStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

const BY_STATUS = {
  pending: 'withdrawal.pending',
  approved_pending: 'withdrawal.approved_pending',
  approved: 'withdrawal.approved',
  retrying: 'withdrawal.retrying',
  submitted: 'withdrawal.submitted',
  'pending-transit': 'withdrawal.pending_transit',
  'manual-review': 'withdrawal.manual_review',
  completed: 'withdrawal.completed',
  failed: 'withdrawal.failed',
  rejected: 'withdrawal.rejected',
  cancelled: 'withdrawal.cancelled',
} as const satisfies Record<WithdrawalStatus, Announcement['type']>;

/** What else platforms are told of, by the action in the record, whether the status stays what it is or not. */
const BY_ACTION: ReadonlyMap<string, Announcement['type']> = new Map([
  ['withdrawal.edited', 'withdrawal.edited'],
  ['withdrawal.held', 'withdrawal.held'],
  ['withdrawal.released', 'withdrawal.released'],
  ['withdrawal.reported_paid', 'withdrawal.reported_paid'],
  ['payout.late', 'withdrawal.late'],
  ['payout.late_taken_back', 'withdrawal.taken_back'],
  ['payout.taken_back', 'withdrawal.taken_back'],
]);

/** The request may ask for another amount by now. */
const OF_AN_ATTEMPT: readonly Announcement['type'][] = ['withdrawal.late', 'withdrawal.taken_back'];

interface Change {
  readonly action: string;
  /** The status before, which may be the status still. */
  readonly from: WithdrawalStatus | null;
  readonly reason?: string | undefined;
  readonly repeated?: boolean | undefined;
  /** What an attempt moved, where that is told of. */
  readonly paid?: Amount | undefined;
}

/** What is told of a change to a withdrawal: what was done, then the status that it came to by that. */
export function withdrawalAnnouncements(withdrawal: Withdrawal, change: Change): Announcement[] {
  const { id, memberId, asset, requestedAt, destinationAddress: target, status: to } = withdrawal;
  const { action, reason, repeated } = change;
  const moved = change.from !== to;
  const from = moved ? change.from : null;
  const done = BY_ACTION.get(action);
  const amountOf = (type: Announcement['type']) =>
    ((OF_AN_ATTEMPT.includes(type) ? change.paid : undefined) ?? withdrawal.money()).toString();
  const types = [...(done ? [done] : []), ...(moved ? [BY_STATUS[to]] : [])];
  return types.map((type) => ({
    type,
    subject: { type: 'withdrawal', id },
    reason,
    repeated,
    withdrawal: { id, memberId, asset, amount: amountOf(type), target, requestedAt, from, to },
  }));
}
