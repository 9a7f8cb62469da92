import type { Announcement } from '#server/notifications/index.ts';
import type { WithdrawalStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

const TYPES = {
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

interface StatusChange {
  readonly from: WithdrawalStatus | null;
  readonly to: WithdrawalStatus;
  readonly reason?: string | undefined;
  readonly repeated?: boolean | undefined;
}

/** What is told of a withdrawal that came to another status. */
export function withdrawalAnnouncement(withdrawal: Withdrawal, change: StatusChange): Announcement {
  const { id, memberId, asset, requestedAt, destinationAddress: target } = withdrawal;
  const { from, to, reason, repeated } = change;
  const amount = withdrawal.money().toString();
  return {
    type: TYPES[to],
    subject: { type: 'withdrawal', id },
    reason,
    repeated,
    withdrawal: { id, memberId, asset, amount, target, requestedAt, from, to },
  };
}
