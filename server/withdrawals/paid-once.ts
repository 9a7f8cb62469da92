import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { PaidOnce, WithdrawalStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/** Ended unpaid, and yet a payment of it was made. Whatever people decided of a late one, its status stays what it was. */
export function paidOnce(
  { status }: Pick<Withdrawal, 'status'>,
  attempts: readonly Pick<PayoutAttempt, 'status' | 'lateAt'>[],
): PaidOnce | null {
  if (!isEndedUnpaid(status)) return null;
  if (attempts.some(({ lateAt }) => lateAt)) return 'late';
  return attempts.some((attempt) => attempt.status === 'confirmed') ? 'taken_back' : null;
}

export const isEndedUnpaid = (status: WithdrawalStatus): boolean =>
  status === 'failed' || status === 'rejected' || status === 'cancelled';
