import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Reads the pool's figures, then keeps and books them in one commit. What was not read is asked for by the next run. */
export async function collectMining(
  { sessions, logger }: JobContext,
  range: JobPayloads['mining.collect'],
): Promise<void> {
  const readings = await sessions.withoutTransaction(({ miningCollector }) => miningCollector.read(range));
  for (const { what, error } of readings.notRead)
    logger.error({ err: error, what }, 'the pool did not give one of its figures');
  await sessions.inTransaction(async ({ miningCollector, system }) => {
    await miningCollector.keep(readings, WORKER);
    system.noteRead('hashdam');
  });
}
