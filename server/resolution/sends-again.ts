import { canMove, LATE_HOLD, type Withdrawal } from '#server/withdrawals/index.ts';
import type { SendsAgain } from './statuses.ts';

/**
 * The hold that stands for a late payment ends with the last incident about the withdrawal, of whatever kind; every decision but
 * taking the payment as the withdrawal's own lets what is not over go on then.
 */
export function sendsAgain(withdrawal: Withdrawal | null, isLastOpen: boolean): SendsAgain | null {
  if (!isLastOpen || withdrawal?.holdReason !== LATE_HOLD) return null;
  if (canMove('dispatch', withdrawal.status)) return 'at_once';
  return canMove('approve', withdrawal.status) ? 'once_approved' : null;
}
