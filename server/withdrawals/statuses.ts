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

/** Left only by people, by W26, W27b and W28: everything else has an automatic next event or an open alert. */
export const FINAL_STATUSES = ['completed', 'failed', 'rejected', 'cancelled'] as const satisfies WithdrawalStatus[];

/** What somebody may have to look after: everything that is under way, and what failed. */
export const COUNTED_STATUSES = [
  'pending',
  'approved_pending',
  'approved',
  'retrying',
  'submitted',
  'pending-transit',
  'manual-review',
  'failed',
] as const satisfies WithdrawalStatus[];

export const ATTEMPT_STATUSES = [
  'dispatching',
  'submitted',
  'pending-transit',
  'unknown',
  'not_executed',
  'confirmed',
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

/** What became of something that was posted about a transit. */
export const CALLBACK_WORDS = [
  /** It names the payment that the chain has proven. */
  'proven',
  /** It names a transaction: the chain is asked whether that is the payment. */
  'looked_up',
  /** It says that nothing ran: the wallet's balances are asked. */
  'nothing_ran',
  /** It says neither that it was paid nor, in a text that is known, that nothing ran. */
  'inconclusive',
  'other_token',
  /** The transaction that it names is another payment's. */
  'reference_used',
  /** The payment was proven without it. */
  'passed_over',
  'unreadable',
] as const;
export type CallbackWord = (typeof CALLBACK_WORDS)[number];

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
  'wallet_paused',
  'breaker',
  /** An unnamed payment of the same amount may be on its way: two could not be told apart. */
  'same_amount',
  /** Something else is moving out of the wallet, or its key is being changed. */
  'wallet_busy',
  'pool_funds',
  'funds',
  'on_hold',
  'not_before',
  'configuration',
  /** An earlier attempt turned out to be paid, and people have not decided what that means. */
  'late_undecided',
  /** The wallet's balances before sending could not be read. */
  'balances_unread',
  /** The row is not what was approved any more: somebody changed it past the console. */
  'contents_changed',
] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** Why the books themselves put a withdrawal on hold: an attempt that was taken for not executed turned out to be paid. */
export const LATE_HOLD = 'late_success';

/** Why the rules of risk put a withdrawal on hold, or cancelled it before anything was set aside. */
export const RISK_HOLD = 'risk';

/** Why approvals that had been given no longer count. */
export const LAPSE_REASONS = [
  'approval_expired',
  'policy_tightened',
  'approver_lost_right',
  'destination_changed',
  RISK_HOLD,
] as const;
export type LapseReason = (typeof LAPSE_REASONS)[number];

/** Why somebody put a withdrawal on hold. */
export const HOLD_REASONS = [
  'suspected_fraud',
  'identity_check',
  'compliance',
  'member_asked',
  'amount_check',
  'provider_trouble',
  'other',
] as const;

/** `company`: a chain address of the platform's own treasury; what arrives there is still owed to the member. */
export const DESTINATION_TYPES = ['account', 'address', 'company'] as const;
export type DestinationType = (typeof DESTINATION_TYPES)[number];

/** What was paid of a withdrawal that ended unpaid: an attempt that counted as not executed, or one that was taken back. */
export const PAID_ONCE = ['late', 'taken_back'] as const;
export type PaidOnce = (typeof PAID_ONCE)[number];

export const LEG_STATUSES = [
  'waiting',
  'moving',
  'done',
  'failed',
  ...PAID_ONCE,
  'unknown',
  'external',
  'not_needed',
] as const;
export type LegStatus = (typeof LEG_STATUSES)[number];
