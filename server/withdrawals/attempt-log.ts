import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/** Keeps the provider's side of an attempt (`mining_withdrawals`) in step with it, in the attempt's own commits. */
export interface AttemptLog {
  write(withdrawal: Withdrawal, attempt: PayoutAttempt, seen?: ProviderSide): Promise<void>;
}

/** What only the provider knows. */
export interface ProviderSide {
  readonly fee?: string;
  readonly rawStatus?: string;
}
