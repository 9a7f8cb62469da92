import { hostname } from 'node:os';
import { PgBoss } from 'pg-boss';
import type { Config, Logger } from '#server/config/index.ts';
import { type Container, openContainer } from '#server/container.ts';
import type { JobName, JobPayloads } from '#server/kernel/job-queue.ts';
import { FreezeWatch } from '#server/system/index.ts';
import { JOB_HANDLERS } from './handlers.ts';
import type { JobContext } from './job-context.ts';

const POLL_EVERY_S = 0.5;
/** Payouts at a time in one process; look-ups are cheap, so more of them. */
const CONCURRENCY: Readonly<Record<JobName, number>> = {
  'payout.dispatch': 4,
  'payout.look-up': 4,
  'payout.recover': 1,
  'withdrawal.expire': 1,
  'mining.collect': 1,
  'ledger.fold': 1,
  'jobs.rearm': 1,
  'wallet.rotation-recover': 1,
  'notifications.fan-out': 2,
  'notifications.deliver': 4,
  'notifications.escalate': 1,
};
/** One message after the other without a pause while there are any: a burst of events must not take minutes to tell. */
const IN_BURSTS: ReadonlySet<JobName> = new Set<JobName>(['notifications.fan-out', 'notifications.deliver']);
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

interface Listener {
  readonly boss: PgBoss;
  readonly context: JobContext;
  readonly logger: Logger;
}

async function listen<Name extends JobName>({ boss, context, logger }: Listener, name: Name): Promise<void> {
  const handler = JOB_HANDLERS[name];
  const options = {
    pollingIntervalSeconds: POLL_EVERY_S,
    batchSize: 1,
    localConcurrency: CONCURRENCY[name],
    burstWhenBatchFull: IN_BURSTS.has(name),
  };
  await boss.work<JobPayloads[Name]>(name, options, async (jobs) => {
    for (const job of jobs) {
      try {
        await handler(context, job.data);
      } catch (error) {
        logger.error({ err: error, job: name, jobId: job.id }, 'job failed; it will be tried again');
        throw error;
      }
    }
  });
}

/** Without a first reading no withdrawal can be asked for: the pool's payout account is not known yet. */
async function collectAtFirstStart({ sessions }: Container): Promise<void> {
  await sessions.inTransaction(async ({ mining, jobs }) => {
    if (!(await mining.keptHashBalance())) await jobs.send('mining.collect', {});
  });
}
