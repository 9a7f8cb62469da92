import type { JobPayloads } from '#server/kernel/job-queue.ts';
import type { PoolHistoryRead } from '#server/mining/index.ts';
import { type JobContext, WORKER } from './job-context.ts';
import { takeStock } from './sweep-pool.ts';

/**
 * Asks the provider what became of a payout: a late reply of its sender first, then by its name, and while its outcome is
 * not known also by all that the pool lists. A failed reading proves nothing: it is asked again later.
 */
export async function lookUpPayout(
  { sessions }: JobContext,
  { attemptId, extra }: JobPayloads['payout.look-up'],
): Promise<void> {
  await sessions.inTransaction(({ lateReplies }) => lateReplies.take(attemptId, WORKER));
  const reading = await sessions.withoutTransaction(({ walletLookUps }) => walletLookUps.read(attemptId));
  if (reading) return sessions.inTransaction(({ walletLookUps }) => walletLookUps.take(attemptId, reading, WORKER));
  const look = await sessions.withoutTransaction(({ unknownPayouts }) => unknownPayouts.read(attemptId));
  if (!look || look.isNamed) return lookByName(sessions, attemptId, look?.list ?? null);
  if (look.list) await takeStock(sessions, look.list);
  await sessions.inTransaction(({ unknownPayouts }) =>
    unknownPayouts.conclude({ attemptId, list: look.list, extra: extra === true }, WORKER),
  );
}

/** A whole list, where there is one, answers for the name too; that it cannot be read keeps nobody from asking for the name. */
async function lookByName(
  sessions: JobContext['sessions'],
  attemptId: string,
  list: PoolHistoryRead | null,
): Promise<void> {
  const answer = await sessions.withoutTransaction(async ({ payoutLookUps, mining }) => {
    const question = await payoutLookUps.question(attemptId);
    return question && { rows: list?.rows ?? (await mining.history(question)) };
  });
  if (!answer) return;
  await sessions.inTransaction(async ({ unknownPayouts, payoutLookUps }) => {
    if (list) await unknownPayouts.note(attemptId, list);
    await payoutLookUps.answer(attemptId, answer.rows, WORKER);
  });
}
