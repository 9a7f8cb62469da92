import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { AttemptStatus } from './statuses.ts';
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

/** The words of a provider's table for where an attempt stands. */
export type AttemptWords<Word extends string> = Readonly<Record<Exclude<AttemptStatus, 'not_executed'>, Word>>;

/** Derived, never decided. What did not run is tried again, or has failed with its withdrawal. */
export function derivedWord<Word extends string>(
  words: AttemptWords<Word>,
  { status }: Withdrawal,
  attempt: PayoutAttempt,
): Word | 'failed' | 'retrying' {
  if (attempt.status !== 'not_executed') return words[attempt.status];
  return status === 'failed' ? 'failed' : 'retrying';
}
