import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Reads the pool's figures, then keeps and books them in one commit. */
export async function collectMining({ sessions }: JobContext, range: JobPayloads['mining.collect']): Promise<void> {
  const readings = await sessions.withoutTransaction(({ miningCollector }) => miningCollector.read(range));
  await sessions.inTransaction(async ({ miningCollector, system }) => {
    await miningCollector.keep(readings, WORKER);
    system.noteRead('hashdam');
  });
}
