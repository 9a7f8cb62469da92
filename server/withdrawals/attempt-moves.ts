import type { AttemptStatus } from './statuses.ts';

/**
 * The state machine of an attempt to pay, as data like a withdrawal's. A1, the fence, is the creation of the row in
 * `dispatching`. Nothing leaves `confirmed` or `not_executed`: what comes later is a mark (`late`, `taken back`) and an
 * incident, never another status.
 */

export type AttemptEvent =
  | 'accepted'
  | 'accepted_transit'
  | 'refused'
  | 'outcome_unknown'
  | 'proven'
  | 'failed_at_provider'
  | 'no_final_word'
  | 'contradicted'
  | 'found'
  | 'found_transit'
  | 'found_not_executed'
  | 'resolve_paid'
  | 'resolve_not_paid';

export interface AttemptMove {
  readonly row: string;
  readonly event: AttemptEvent;
  readonly from: readonly AttemptStatus[];
  readonly to: AttemptStatus;
}

const IN_FLIGHT = ['submitted', 'pending-transit'] as const;

const ROWS: readonly (readonly [string, AttemptEvent, readonly AttemptStatus[], AttemptStatus])[] = [
  ['A2, A3', 'accepted', ['dispatching'], 'submitted'],
  ['A4', 'accepted_transit', ['dispatching'], 'pending-transit'],
  ['A5', 'refused', ['dispatching'], 'not_executed'],
  ['A6', 'outcome_unknown', ['dispatching'], 'unknown'],
  ['A7, A10, A11, A14', 'proven', IN_FLIGHT, 'confirmed'],
  ['A8, A15', 'failed_at_provider', IN_FLIGHT, 'not_executed'],
  ['A9, A12, A16', 'no_final_word', IN_FLIGHT, 'unknown'],
  ['A13, A15b', 'contradicted', IN_FLIGHT, 'unknown'],
  ['A17, A18', 'found', ['unknown'], 'submitted'],
  ['A18', 'found_transit', ['unknown'], 'pending-transit'],
  ['A18', 'found_not_executed', ['unknown'], 'not_executed'],
  ['A19, A20', 'proven', ['unknown'], 'confirmed'],
  ['A20', 'failed_at_provider', ['unknown'], 'not_executed'],
  ['A22', 'resolve_paid', ['unknown'], 'confirmed'],
  ['A22', 'resolve_not_paid', ['unknown'], 'not_executed'],
];

export const ATTEMPT_MOVES: readonly AttemptMove[] = ROWS.map(([row, event, from, to]) => ({ row, event, from, to }));

export function attemptMove(event: AttemptEvent, from: AttemptStatus): AttemptMove {
  const move = ATTEMPT_MOVES.find((candidate) => candidate.event === event && candidate.from.includes(from));
  if (!move) throw new TypeError(`no row of the attempt's state machine takes ${from} by ${event}`);
  return move;
}
