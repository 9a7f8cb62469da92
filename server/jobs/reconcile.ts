import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Reads what the pool lists, outside any transaction, and compares it in one; without a run, orders the day's if it is due. */
export async function reconcile({ sessions }: JobContext, { runId }: JobPayloads['reconciliation.run']): Promise<void> {
  if (runId === undefined) {
    return sessions.inTransaction(({ reconciliationRuns }) => reconciliationRuns.orderDaily(WORKER));
  }
  const run = await sessions.inTransaction(({ reconciliationRuns }) => reconciliationRuns.begin(runId));
  if (!run) return;
  const isWhole = await sessions.withoutTransaction(({ poolListing }) => poolListing.stage(run));
  await sessions.inTransaction(({ reconciliationRuns }) =>
    isWhole ? reconciliationRuns.compare(run, WORKER) : reconciliationRuns.fail(run, 'pool_not_readable', WORKER),
  );
}
