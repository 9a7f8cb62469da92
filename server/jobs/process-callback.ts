import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** What a report claims is looked up on the chain like anything else: it moves nothing by being said. */
export async function processCallback(
  { sessions }: JobContext,
  { attemptId }: JobPayloads['callback.process'],
): Promise<void> {
  const reading = await sessions.withoutTransaction(({ walletLookUps }) => walletLookUps.read(attemptId));
  if (reading) await sessions.inTransaction(({ walletLookUps }) => walletLookUps.take(attemptId, reading, WORKER));
}
