import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Cancels a request that nobody decided in time. */
export const expireWithdrawal = (
  { sessions }: JobContext,
  { withdrawalId }: JobPayloads['withdrawal.expire'],
): Promise<void> => sessions.inTransaction(({ withdrawals }) => withdrawals.expire(withdrawalId, WORKER));
