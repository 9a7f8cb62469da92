/** The words of the domain, in one place and free of imports: the screen, the log and the tables use the same. */

export const WITHDRAWAL_KINDS = ['mining', 'wallet_transfer', 'wallet_transit'] as const;
export type WithdrawalKind = (typeof WITHDRAWAL_KINDS)[number];

export const WITHDRAWAL_STATUSES = [
  'pending',
  'approved_pending',
  'approved',
  'retrying',
  'submitted',
  'pending-transit',
  'manual-review',
  'completed',
  'failed',
  'rejected',
  'cancelled',
] as const;
export type WithdrawalStatus = (typeof WITHDRAWAL_STATUSES)[number];

/** Left only by people: everything else has an automatic next event or an open alert. */
export const FINAL_STATUSES = ['completed', 'failed', 'rejected', 'cancelled'] as const satisfies WithdrawalStatus[];

export const ATTEMPT_STATUSES = [
  'dispatching',
  'submitted',
  'pending-transit',
  'unknown',
  'not_executed',
  'confirmed',
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

/** While one of these stands, the money may be on its way: nothing else may be sent, rejected or cancelled. */
export const OPEN_ATTEMPT_STATUSES = [
  'dispatching',
  'submitted',
  'pending-transit',
  'unknown',
] as const satisfies AttemptStatus[];

/** Why an approved withdrawal is not being sent right now. */
export const WAIT_REASONS = [
  'frozen',
  'provider_paused',
  'breaker',
  'wallet_paused',
  'same_amount',
  'funds',
  'on_hold',
  'not_before',
  'configuration',
  'approval_stale',
] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

export const LEG_STATUSES = ['waiting', 'moving', 'done', 'failed', 'unknown', 'external'] as const;
export type LegStatus = (typeof LEG_STATUSES)[number];
