import type { JobPayloads } from '#server/kernel/job-queue.ts';
import type { PoolHistoryRead } from '#server/mining/index.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Reads what the pool lists of a coin and compares it with our books; without a coin, one job for each. */
export async function sweepPool({ sessions }: JobContext, { asset }: JobPayloads['pool.sweep']): Promise<void> {
  if (asset === undefined) {
    await sessions.inTransaction(async ({ assets, jobs, poolHistory }) => {
      await poolHistory.forgetOld();
      const coins = (await assets.list()).filter(({ chain }) => chain === 'hashdam');
      for (const coin of coins) await jobs.send('pool.sweep', { asset: coin.asset });
    });
    return;
  }
  const read = await sessions.withoutTransaction(({ poolSweep }) => poolSweep.read(asset));
  if (!read) return;
  await sessions.inTransaction(async ({ system }) => system.noteRead('hashdam'));
  await takeStock(sessions, read);
}

/**
 * Whatever a complete read shows is dealt with, before anybody decides by it. One commit for each, because they are other
 * payments: one that fails leaves the rest done, and the job is tried again.
 */
export async function takeStock(sessions: JobContext['sessions'], read: PoolHistoryRead): Promise<void> {
  const findings = await sessions.withoutTransaction(({ poolSweep }) => poolSweep.findings(read));
  const failures: unknown[] = [];
  for (const finding of findings) {
    try {
      await sessions.inTransaction(({ poolSweep }) => poolSweep.take(finding, WORKER));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
