import { DomainError, type DomainErrorCode } from '#server/kernel/errors.ts';
import type { JobPayloads } from '#server/kernel/job-queue.ts';
import type { PoolHistoryRead } from '#server/mining/index.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Reads what the pool lists of a coin and compares it with our books; without a coin, one job for each. */
export async function sweepPool(context: JobContext, { asset }: JobPayloads['pool.sweep']): Promise<void> {
  const { sessions } = context;
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
  if (await takeStock(context, read)) await sessions.inTransaction(({ poolSweep }) => poolSweep.noteTaken(read));
}

/**
 * Whatever a complete read shows is dealt with, before anybody decides by it. One commit for each, because they are other
 * payments. One that cannot be dealt with keeps nobody else waiting: people are told, it is tried again with the next
 * read, which goes back as far, and false says that this one is not to be decided by. Where the database was only busy, the
 * job is tried again.
 */
export async function takeStock({ sessions, logger }: JobContext, read: PoolHistoryRead): Promise<boolean> {
  const findings = await sessions.withoutTransaction(({ poolSweep }) => poolSweep.findings(read));
  const failures: unknown[] = [];
  for (const finding of findings) {
    try {
      await sessions.inTransaction(({ poolSweep }) => poolSweep.take(finding, WORKER));
    } catch (error) {
      failures.push(error);
      logger.error(
        { err: error, asset: read.asset, finding: finding.kind },
        'a row of the pool could not be dealt with',
      );
    }
  }
  const passing = failures.find((error) => error instanceof DomainError && PASSING.includes(error.code));
  if (passing) throw passing;
  if (failures.length > 0) await sessions.inTransaction(({ bookAlarms }) => bookAlarms.rowsLeft(read.asset));
  return failures.length === 0;
}

const PASSING: readonly DomainErrorCode[] = ['system.busy', 'system.outcome_unknown'];
