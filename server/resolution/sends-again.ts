import type { Incident } from '#server/incidents/index.ts';
import { canMove, LATE_HOLD, type Withdrawal } from '#server/withdrawals/index.ts';
import type { SendsAgain } from './statuses.ts';

/** Every decision about a late payment ends its hold; all but taking it as the withdrawal's own let what is not over go on. */
export function sendsAgain({ kind }: Pick<Incident, 'kind'>, withdrawal: Withdrawal | null): SendsAgain | null {
  if (kind !== 'late_success' || withdrawal?.holdReason !== LATE_HOLD) return null;
  if (canMove('dispatch', withdrawal.status)) return 'at_once';
  return canMove('approve', withdrawal.status) ? 'once_approved' : null;
}
