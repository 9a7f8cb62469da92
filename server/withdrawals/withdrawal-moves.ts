import type { WithdrawalStatus } from './statuses.ts';

/**
 * The state machine of a withdrawal as data. Each row names its row in `docs/STATES.md`, which a test keeps equal to this
 * table, and the database refuses every other change of status. A new rule is a new row, not a new code path. Who may do
 * it and what must be true first is checked by the service before.
 */

export type WithdrawalEvent =
  | 'request'
  | 'block'
  | 'approve'
  | 'approve_last'
  | 'reject'
  | 'cancel'
  | 'expire'
  | 'hold'
  | 'release'
  | 'edit'
  | 'lapse'
  | 'wait'
  | 'dispatch'
  | 'accepted'
  | 'accepted_transit'
  | 'retry_later'
  | 'refused'
  | 'held_back'
  | 'outcome_unknown'
  | 'confirmed'
  | 'failed_at_provider'
  | 'no_final_word'
  | 'found'
  | 'found_transit'
  | 'found_not_executed'
  | 'resolve_paid'
  | 'resolve_not_paid'
  | 'pay_again'
  | 'reopen'
  | 'retry_now'
  | 'late'
  | 'adopt'
  | 'taken_back'
  | 'taken_back_late'
  | 'late_taken_back'
  | 'late_taken_back_late'
  | 'word_changed'
  | 'report_paid';

/** Ledger postings that a withdrawal's moves make; see `server/ledger/postings.ts`. */
export type MovePosting =
  | 'HOLD'
  | 'RELEASE'
  | 'DISPATCH'
  | 'RETURN'
  | 'SETTLE'
  | 'LATE'
  | 'ADOPT'
  | 'UNSETTLE'
  | 'UNLATE'
  | 'HANDOVER';

export interface WithdrawalMove {
  readonly row: string;
  readonly event: WithdrawalEvent;
  readonly from: readonly WithdrawalStatus[];
  /** `same` where the status stays what it is. */
  readonly to: WithdrawalStatus | 'same';
  readonly postings: readonly MovePosting[];
  /** The action its audit row carries. */
  readonly action: string;
  /** Refused while an attempt may still pay. */
  readonly nothingOpen?: true;
  /** Another revision: every vote is void, and so is the digest of a sheet that somebody still has open. */
  readonly votesVoid?: true;
}

const BEFORE_SENDING = ['pending', 'approved_pending', 'approved', 'retrying'] as const;
const ON_ITS_WAY = ['submitted', 'pending-transit', 'manual-review'] as const;
const ENDED_UNPAID = ['failed', 'rejected', 'cancelled'] as const;
const ANY = [...BEFORE_SENDING, ...ON_ITS_WAY, 'completed', ...ENDED_UNPAID] as const;
const NOTHING_OPEN = { nothingOpen: true } as const;
const VOTES_VOID = { votesVoid: true } as const;
const BOTH = { ...NOTHING_OPEN, ...VOTES_VOID } as const;

type Row = readonly [
  row: string,
  event: WithdrawalEvent,
  from: readonly WithdrawalStatus[],
  to: WithdrawalStatus | 'same',
  postings: readonly MovePosting[],
  action: string,
  more?: { readonly nothingOpen?: true; readonly votesVoid?: true },
];

const ROWS: readonly Row[] = [
  ['W1', 'request', [], 'pending', ['HOLD'], 'withdrawal.requested'],
  ['W2', 'block', [], 'cancelled', [], 'withdrawal.blocked'],
  ['W3', 'approve', ['pending', 'approved_pending'], 'approved_pending', [], 'withdrawal.approved'],
  ['W4', 'approve_last', ['pending', 'approved_pending'], 'approved', [], 'withdrawal.approved'],
  ['W5', 'reject', BEFORE_SENDING, 'rejected', ['RELEASE'], 'withdrawal.rejected', NOTHING_OPEN],
  ['W6', 'cancel', BEFORE_SENDING, 'cancelled', ['RELEASE'], 'withdrawal.cancelled', NOTHING_OPEN],
  ['W7', 'expire', ['pending', 'approved_pending'], 'cancelled', ['RELEASE'], 'withdrawal.expired'],
  ['W8', 'hold', BEFORE_SENDING, 'same', [], 'withdrawal.held', NOTHING_OPEN],
  ['W8', 'release', ANY, 'same', [], 'withdrawal.released'],
  ['W9', 'edit', BEFORE_SENDING, 'pending', ['RELEASE', 'HOLD'], 'withdrawal.edited', BOTH],
  ['W10', 'lapse', BEFORE_SENDING, 'pending', [], 'withdrawal.lapsed', BOTH],
  ['W11', 'wait', ['approved', 'retrying'], 'same', [], 'payout.waiting', NOTHING_OPEN],
  ['W12', 'dispatch', ['approved', 'retrying'], 'approved', ['DISPATCH'], 'payout.dispatched', NOTHING_OPEN],
  ['W13', 'accepted', ['approved'], 'submitted', [], 'payout.accepted'],
  ['W13', 'accepted_transit', ['approved'], 'pending-transit', [], 'payout.accepted'],
  ['W14', 'retry_later', ['approved'], 'retrying', ['RETURN'], 'payout.retrying'],
  ['W15', 'refused', ['approved'], 'failed', ['RETURN', 'RELEASE'], 'payout.failed'],
  ['W16', 'held_back', ['approved'], 'approved', ['RETURN'], 'payout.held_back'],
  ['W17', 'outcome_unknown', ['approved'], 'manual-review', [], 'payout.outcome_unknown'],
  ['W20', 'confirmed', ON_ITS_WAY, 'completed', ['SETTLE'], 'payout.completed'],
  ['W21', 'failed_at_provider', ON_ITS_WAY, 'failed', ['RETURN', 'RELEASE'], 'payout.failed'],
  ['W22', 'no_final_word', ['submitted', 'pending-transit'], 'manual-review', [], 'payout.outcome_unknown'],
  ['W23', 'found', ['manual-review'], 'submitted', [], 'payout.found'],
  ['W23', 'found_transit', ['manual-review'], 'pending-transit', [], 'payout.found'],
  ['W23b', 'found_not_executed', ['manual-review'], 'approved', ['RETURN'], 'payout.found_not_executed'],
  ['W24', 'resolve_paid', ['manual-review'], 'completed', ['SETTLE'], 'withdrawal.resolved_paid'],
  ['W25', 'resolve_not_paid', ['manual-review'], 'failed', ['RETURN', 'RELEASE'], 'withdrawal.resolved_not_paid'],
  ['W25', 'pay_again', ['manual-review'], 'pending', ['RETURN'], 'withdrawal.resolved_not_paid', VOTES_VOID],
  ['W26', 'reopen', ['failed'], 'pending', ['HOLD'], 'withdrawal.reopened', BOTH],
  ['W26b', 'retry_now', ['approved', 'retrying'], 'same', [], 'withdrawal.retried_now', NOTHING_OPEN],
  ['W27', 'late', ANY, 'same', ['LATE'], 'payout.late'],
  ['W27b', 'adopt', BEFORE_SENDING, 'completed', ['RELEASE', 'ADOPT'], 'withdrawal.adopted', NOTHING_OPEN],
  ['W27b', 'adopt', ENDED_UNPAID, 'completed', ['ADOPT'], 'withdrawal.adopted', NOTHING_OPEN],
  ['W28', 'taken_back', ['completed'], 'failed', ['UNSETTLE'], 'payout.taken_back'],
  ['W28b', 'taken_back_late', ['completed'], 'same', ['UNSETTLE'], 'payout.taken_back'],
  ['W28', 'late_taken_back', ['completed'], 'failed', ['UNLATE'], 'payout.taken_back'],
  ['W28b', 'late_taken_back_late', ['completed'], 'same', ['UNLATE'], 'payout.taken_back'],
  ['W28c', 'word_changed', ['completed'], 'same', [], 'payout.word_changed'],
  ['W29', 'report_paid', ['completed'], 'same', ['HANDOVER'], 'withdrawal.reported_paid'],
];

export const WITHDRAWAL_MOVES: readonly WithdrawalMove[] = ROWS.map(
  ([row, event, from, to, postings, action, more]) => ({
    ...{ row, event, from, to, postings, action },
    ...more,
  }),
);

export function withdrawalMove(event: WithdrawalEvent, from: WithdrawalStatus): WithdrawalMove {
  const move = WITHDRAWAL_MOVES.find((candidate) => candidate.event === event && candidate.from.includes(from));
  if (!move) throw new TypeError(`no row of the state machine takes ${from} by ${event}`);
  return move;
}

/** The row by which a withdrawal comes to be. */
export function openingMove(event: 'request' | 'block'): WithdrawalMove {
  const move = WITHDRAWAL_MOVES.find((candidate) => candidate.event === event);
  if (!move) throw new TypeError(`no row of the state machine opens by ${event}`);
  return move;
}

/** Whether the machine knows this move at all; what else must be true is the service's to check. */
export const canMove = (event: WithdrawalEvent, from: WithdrawalStatus): boolean =>
  WITHDRAWAL_MOVES.some((move) => move.event === event && move.from.includes(from));
