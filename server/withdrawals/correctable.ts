import type { WithdrawalApproval } from './approval.entity.ts';
import type { Correctable } from './decisions.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import { type AttemptStatus, OPEN_ATTEMPT_STATUSES } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

export interface Circumstances {
  readonly votes: readonly WithdrawalApproval[];
  readonly attempts: readonly PayoutAttempt[];
  readonly openIncident: boolean;
}

/** What people's choices depend on, taken from the rows. */
export function correctable(withdrawal: Withdrawal, { votes, attempts, openIncident }: Circumstances): Correctable {
  return {
    status: withdrawal.status,
    requestedByType: withdrawal.requestedByType,
    requestedById: withdrawal.requestedById,
    editedBy: withdrawal.editedBy ?? null,
    expiresAt: withdrawal.expiresAt,
    notBefore: withdrawal.notBefore ?? null,
    holdAt: withdrawal.holdAt ?? null,
    holdReason: withdrawal.holdReason ?? null,
    voters: votes.map(({ operatorId }) => operatorId),
    hasOpenAttempt: attempts.some(({ status }) => OPEN.includes(status)),
    openIncident,
    nothingPaid: attempts.every(({ status, lateAt }) => status === 'not_executed' && !lateAt),
  };
}

const OPEN: readonly AttemptStatus[] = OPEN_ATTEMPT_STATUSES;
