/** The provider's side of one attempt to withdraw mined coins. */
export const MINING_WITHDRAWAL_STATUSES = [
  'pending',
  'submitted',
  'retrying',
  'failed',
  'manual-review',
  'completed',
] as const;
export type MiningWithdrawalStatus = (typeof MINING_WITHDRAWAL_STATUSES)[number];

/** What a stored balance measures. `profit` is what one day brought, the others are levels at the day's cut. */
export const BALANCE_KINDS = ['hash_credit', 'hash_power', 'asset', 'profit'] as const;
export type BalanceKind = (typeof BALANCE_KINDS)[number];
