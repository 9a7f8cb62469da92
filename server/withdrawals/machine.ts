import type { AttemptStatus, WithdrawalStatus } from './statuses.ts';

/**
 * The state machines as data. Each row names its row in `docs/STATES.md`, which a test keeps equal to this table; a new
 * rule is a new row, not a new code path. Who may do it and what must be true first is checked by the service before.
 */

export type WithdrawalEvent =
  | 'request'
  | 'approve'
  | 'approve_last'
  | 'reject'
  | 'cancel'
  | 'expire'
  | 'dispatch'
  | 'accepted'
  | 'retry_later'
  | 'refused'
  | 'held_back'
  | 'outcome_unknown'
  | 'confirmed'
  | 'failed_at_provider'
  | 'no_final_word';

/** Ledger postings that a withdrawal's moves make; see `server/ledger/postings.ts`. */
export type MovePosting = 'HOLD' | 'RELEASE' | 'DISPATCH' | 'RETURN' | 'SETTLE';

export interface WithdrawalMove {
  readonly row: string;
  readonly event: WithdrawalEvent;
  readonly from: readonly WithdrawalStatus[];
  readonly to: WithdrawalStatus;
  /** Refused while an attempt may still pay. */
  readonly nothingOpen?: true;
  readonly postings: readonly MovePosting[];
  /** The action its audit row carries. */
  readonly action: string;
}

const BEFORE_SENDING = ['pending', 'approved_pending', 'approved', 'retrying'] as const;
const ON_ITS_WAY = ['submitted', 'pending-transit', 'manual-review'] as const;

export const WITHDRAWAL_MOVES: readonly WithdrawalMove[] = [
  { row: 'W1', event: 'request', from: [], to: 'pending', postings: ['HOLD'], action: 'withdrawal.requested' },
  {
    row: 'W3',
    event: 'approve',
    from: ['pending', 'approved_pending'],
    to: 'approved_pending',
    postings: [],
    action: 'withdrawal.approved',
  },
  {
    row: 'W4',
    event: 'approve_last',
    from: ['pending', 'approved_pending'],
    to: 'approved',
    postings: [],
    action: 'withdrawal.approved',
  },
  {
    row: 'W5',
    event: 'reject',
    from: BEFORE_SENDING,
    to: 'rejected',
    nothingOpen: true,
    postings: ['RELEASE'],
    action: 'withdrawal.rejected',
  },
  {
    row: 'W6',
    event: 'cancel',
    from: BEFORE_SENDING,
    to: 'cancelled',
    nothingOpen: true,
    postings: ['RELEASE'],
    action: 'withdrawal.cancelled',
  },
  {
    row: 'W7',
    event: 'expire',
    from: ['pending', 'approved_pending'],
    to: 'cancelled',
    postings: ['RELEASE'],
    action: 'withdrawal.expired',
  },
  {
    row: 'W12',
    event: 'dispatch',
    from: ['approved', 'retrying'],
    to: 'approved',
    nothingOpen: true,
    postings: ['DISPATCH'],
    action: 'payout.dispatched',
  },
  { row: 'W13', event: 'accepted', from: ['approved'], to: 'submitted', postings: [], action: 'payout.accepted' },
  {
    row: 'W14',
    event: 'retry_later',
    from: ['approved'],
    to: 'retrying',
    postings: ['RETURN'],
    action: 'payout.retrying',
  },
  {
    row: 'W15',
    event: 'refused',
    from: ['approved'],
    to: 'failed',
    postings: ['RETURN', 'RELEASE'],
    action: 'payout.failed',
  },
  {
    row: 'W16',
    event: 'held_back',
    from: ['approved'],
    to: 'approved',
    postings: ['RETURN'],
    action: 'payout.held_back',
  },
  {
    row: 'W17',
    event: 'outcome_unknown',
    from: ['approved'],
    to: 'manual-review',
    postings: [],
    action: 'payout.outcome_unknown',
  },
  {
    row: 'W20',
    event: 'confirmed',
    from: ON_ITS_WAY,
    to: 'completed',
    postings: ['SETTLE'],
    action: 'payout.completed',
  },
  {
    row: 'W21',
    event: 'failed_at_provider',
    from: ON_ITS_WAY,
    to: 'failed',
    postings: ['RETURN', 'RELEASE'],
    action: 'payout.failed',
  },
  {
    row: 'W22',
    event: 'no_final_word',
    from: ['submitted', 'pending-transit'],
    to: 'manual-review',
    postings: [],
    action: 'payout.outcome_unknown',
  },
];

export type AttemptEvent =
  | 'accepted'
  | 'refused'
  | 'outcome_unknown'
  | 'completed_at_provider'
  | 'failed_at_provider'
  | 'no_final_word';

export interface AttemptMove {
  readonly row: string;
  readonly event: AttemptEvent;
  readonly from: readonly AttemptStatus[];
  readonly to: AttemptStatus;
}

/** A1, the fence, is the creation of the row in `dispatching`. */
export const ATTEMPT_MOVES: readonly AttemptMove[] = [
  { row: 'A2', event: 'accepted', from: ['dispatching'], to: 'submitted' },
  { row: 'A5', event: 'refused', from: ['dispatching'], to: 'not_executed' },
  { row: 'A6', event: 'outcome_unknown', from: ['dispatching'], to: 'unknown' },
  { row: 'A7', event: 'completed_at_provider', from: ['submitted'], to: 'confirmed' },
  { row: 'A8', event: 'failed_at_provider', from: ['submitted'], to: 'not_executed' },
  { row: 'A9', event: 'no_final_word', from: ['submitted'], to: 'unknown' },
];

export function withdrawalMove(event: WithdrawalEvent, from: WithdrawalStatus): WithdrawalMove {
  const move = WITHDRAWAL_MOVES.find((candidate) => candidate.event === event && candidate.from.includes(from));
  if (!move) throw new TypeError(`no row of the state machine takes ${from} by ${event}`);
  return move;
}

export function attemptMove(event: AttemptEvent, from: AttemptStatus): AttemptMove {
  const move = ATTEMPT_MOVES.find((candidate) => candidate.event === event && candidate.from.includes(from));
  if (!move) throw new TypeError(`no row of the attempt's state machine takes ${from} by ${event}`);
  return move;
}

/** Whether the machine knows this move at all; what else must be true is the service's to check. */
export const canMove = (event: WithdrawalEvent, from: WithdrawalStatus): boolean =>
  WITHDRAWAL_MOVES.some((move) => move.event === event && move.from.includes(from));
