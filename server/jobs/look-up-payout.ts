import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';
import { takeStock } from './sweep-pool.ts';

/**
 * Asks the provider what became of a payout: a late reply of its sender first, then by its name, and where it has none by
 * all that the pool lists. A failed reading proves nothing: it is asked again later.
 */
export async function lookUpPayout(
  { sessions }: JobContext,
  { attemptId, extra }: JobPayloads['payout.look-up'],
): Promise<void> {
  await sessions.inTransaction(({ lateReplies }) => lateReplies.take(attemptId, WORKER));
  const reading = await sessions.withoutTransaction(({ walletLookUps }) => walletLookUps.read(attemptId));
  if (reading) return sessions.inTransaction(({ walletLookUps }) => walletLookUps.take(attemptId, reading, WORKER));
  const rows = await sessions.withoutTransaction(async ({ payoutLookUps, mining }) => {
    const question = await payoutLookUps.question(attemptId);
    return question && { read: await mining.history(question) };
  });
  if (rows) {
    await sessions.inTransaction(({ payoutLookUps }) => payoutLookUps.answer(attemptId, rows.read, WORKER));
    return;
  }
  const look = await sessions.withoutTransaction(({ unknownPayouts }) => unknownPayouts.read(attemptId));
  if (!look) return;
  if (look.list) await takeStock(sessions, look.list);
  await sessions.inTransaction(({ unknownPayouts }) =>
    unknownPayouts.conclude({ attemptId, list: look.list, extra: extra === true }, WORKER),
  );
}
