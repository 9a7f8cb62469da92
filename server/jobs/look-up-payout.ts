import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Asks the pool, or the chain, what became of an accepted payout. A failed reading proves nothing: it is asked again later. */
export async function lookUpPayout(
  { sessions }: JobContext,
  { attemptId }: JobPayloads['payout.look-up'],
): Promise<void> {
  const reading = await sessions.withoutTransaction(({ walletLookUps }) => walletLookUps.read(attemptId));
  if (reading) return sessions.inTransaction(({ walletLookUps }) => walletLookUps.take(attemptId, reading, WORKER));
  const rows = await sessions.withoutTransaction(async ({ payoutLookUps, mining }) => {
    const question = await payoutLookUps.question(attemptId);
    return question && { read: await mining.history(question) };
  });
  if (!rows) return;
  await sessions.inTransaction(({ payoutLookUps }) => payoutLookUps.answer(attemptId, rows.read, WORKER));
}
