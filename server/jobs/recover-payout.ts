import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** The sender's lease is over: an attempt without an outcome is unknown from here on. */
export const recoverPayout = ({ sessions }: JobContext, { attemptId }: JobPayloads['payout.recover']): Promise<void> =>
  sessions.inTransaction(({ payouts }) => payouts.recover(attemptId, WORKER));
