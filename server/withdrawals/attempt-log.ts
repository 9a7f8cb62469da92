import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { AttemptStatus, WithdrawalStatus } from './statuses.ts';
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

/** While the withdrawal stands so, another try is due. */
const TRY_DUE: readonly WithdrawalStatus[] = ['approved', 'retrying'];

/**
 * Derived, never decided: by the provider's last word, or by whether the last attempt is tried again. What changes without
 * the attempt, such as a rejection or the next try, the database writes at the commit, by the same rule (`attempt_word`).
 */
export function derivedWord<Word extends string>(
  words: AttemptWords<Word>,
  { status }: Withdrawal,
  attempt: PayoutAttempt,
): Word | 'failed' | 'retrying' {
  if (attempt.takenBackAt) return 'failed';
  if (attempt.lateAt) return words.confirmed;
  if (attempt.status !== 'not_executed') return words[attempt.status];
  return TRY_DUE.includes(status) ? 'retrying' : 'failed';
}
