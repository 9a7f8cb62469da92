import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { PaidOnce, WithdrawalStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/**
 * Ended unpaid, and yet a payment of it was made. Whatever people decided of a late one, its status stays what it was; one that
 * the provider reversed since is no payment any more.
 */
export function paidOnce(
  { status }: Pick<Withdrawal, 'status'>,
  attempts: readonly Pick<PayoutAttempt, 'status' | 'lateAt' | 'takenBackAt'>[],
): PaidOnce | null {
  if (!isEndedUnpaid(status)) return null;
  if (attempts.some(isPaidLate)) return 'late';
  return attempts.some((attempt) => attempt.status === 'confirmed' || attempt.lateAt) ? 'taken_back' : null;
}

/** The same rule over rows of `payout_attempts`, of one withdrawal that ended unpaid. */
export const PAID_ONCE_SQL = `case when bool_or(late_at is not null and taken_back_at is null) then 'late'
  when bool_or(status = 'confirmed' or late_at is not null) then 'taken_back' end`;

export const isPaidLate = ({ lateAt, takenBackAt }: Pick<PayoutAttempt, 'lateAt' | 'takenBackAt'>): boolean =>
  Boolean(lateAt && !takenBackAt);

export const isEndedUnpaid = (status: WithdrawalStatus): boolean =>
  status === 'failed' || status === 'rejected' || status === 'cancelled';
