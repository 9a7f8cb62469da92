import { hostname } from 'node:os';
import { PgBoss } from 'pg-boss';
import type { Config } from '#server/config/index.ts';
import { type Container, openContainer } from '#server/container.ts';
import type { JobName } from '#server/kernel/job-queue.ts';
import { FreezeWatch } from '#server/system/index.ts';
import { JOB_HANDLERS } from './handlers.ts';
import type { JobContext } from './job-context.ts';
import { listen } from './listen.ts';

const STOP_WITHIN_MS = 8_000;

/** Runs jobs until it is stopped. Any number of workers may run at once. */
export async function startWorker(config: Config): Promise<{ stop(): Promise<void> }> {
  const container = await openContainer(config);
  const { logger } = container;
  const boss = new PgBoss({
    connectionString: config.databaseDirectUrl.reveal(),
    migrate: false,
    max: 6,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on('error', (error) => logger.error({ err: error }, 'job queue'));
  await boss.start();
  const freezes = new FreezeWatch({
    url: config.databaseDirectUrl,
    onError: (error) => logger.error({ err: error }, 'nothing is sent: what is frozen cannot be read'),
  });
  freezes.start();
  const context: JobContext = {
    sessions: container.sessions,
    keyRotations: container.keyRotations,
    worker: `${hostname()}:${process.pid}`,
    providerDeadlineMs: config.providerDeadlineMs,
    mayLeave: (sending) => freezes.mayLeave(sending),
    transitMs: config.mblockTransit.delayS * config.mblockTransit.count * 1_000,
  };
  for (const name of Object.keys(JOB_HANDLERS) as JobName[]) await listen({ boss, context, logger }, name);
  await boss.schedule('mining.collect', '*/10 * * * *', {});
  await boss.schedule('ledger.fold', '* * * * *', {});
  await boss.schedule('jobs.rearm', '* * * * *', {});
  await collectAtFirstStart(container);
  logger.info({ worker: context.worker }, 'worker started');
  return {
    async stop() {
      await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS });
      await freezes.stop();
      await container.close();
    },
  };
}

/** Without a first reading no withdrawal can be asked for: the pool's payout account is not known yet. */
async function collectAtFirstStart({ sessions }: Container): Promise<void> {
  await sessions.inTransaction(async ({ mining, jobs }) => {
    if (!(await mining.keptHashBalance())) await jobs.send('mining.collect', {});
  });
}
