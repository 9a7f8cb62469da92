import { hostname } from 'node:os';
import { PgBoss } from 'pg-boss';
import type { Config } from '#server/config/index.ts';
import { type Container, openContainer } from '#server/container.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobName } from '#server/kernel/job-queue.ts';
import { FreezeWatch, type WorkerProcess } from '#server/system/index.ts';
import { transitDeadlineMs } from '#server/withdrawals/index.ts';
import { AuditSealing } from './audit-sealing.ts';
import { JOB_HANDLERS } from './handlers.ts';
import { Heartbeat } from './heartbeat.ts';
import type { JobContext } from './job-context.ts';
import { listen } from './listen.ts';

const STOP_WITHIN_MS = 8_000;
const UNSIGNED = 'AUDIT_SIGNING_KEYS is not set: nothing will show that the end of the audit record was cut off';

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
  await freezes.start();
  const process = nameOf(globalThis.process.pid);
  const heartbeat = new Heartbeat({ sessions: container.sessions, process, logger });
  await heartbeat.start();
  const { headTargets: targets } = container;
  const sealing = new AuditSealing({ sessions: container.sessions, targets, logger });
  sealing.start();
  if (!container.shared.auditKeys.areThere) logger.error(UNSIGNED);
  const context: JobContext = {
    sessions: container.sessions,
    logger,
    keyRotations: container.keyRotations,
    worker: process.name,
    providerDeadlineMs: config.providerDeadlineMs,
    mayLeave: (sending) => freezes.mayLeave(sending),
    transitDeadlineMs: transitDeadlineMs(config.mblockTransit, config.transitFinalWordMs),
  };
  const running = new Set<string>();
  for (const name of Object.keys(JOB_HANDLERS) as JobName[]) await listen({ boss, context, logger, running }, name);
  await boss.schedule('mining.collect', '*/10 * * * *', {});
  await boss.schedule('pool.sweep', '*/10 * * * *', {});
  await boss.schedule('reconciliation.run', '15 * * * *', {});
  await boss.schedule('wallets.sweep', '* * * * *', {});
  await boss.schedule('ledger.fold', '* * * * *', {});
  await boss.schedule('ledger.alarms', '25 * * * *', {});
  await boss.schedule('api-keys.expiry', '35 * * * *', {});
  await boss.schedule('notifications.forget', '40 3 * * *', {});
  await boss.schedule('jobs.rearm', '* * * * *', {});
  await collectAtFirstStart(container);
  await resealAtStart(container);
  logger.info({ worker: context.worker }, 'worker started');
  return {
    async stop() {
      await Promise.all([boss.stop({ graceful: true, timeout: STOP_WITHIN_MS }), heartbeat.stop(), sealing.stop()]);
      await freezes.stop();
      // Its name on an attempt then proves that nobody is about to send it. A job that did not end in time may be.
      if (running.size === 0) await container.sessions.inTransaction(({ workers }) => workers.leave(process.name));
      await container.close();
    },
  };
}

/** Unique for ever: a process id comes again. */
const nameOf = (processId: number): WorkerProcess => ({
  name: `${hostname()}:${processId}:${newId().slice(-6)}`,
  host: hostname(),
  processId,
});

/** Without a first reading no withdrawal can be asked for: the pool's payout account is not known yet. */
async function collectAtFirstStart({ sessions }: Container): Promise<void> {
  await sessions.inTransaction(async ({ mining, jobs }) => {
    if (!(await mining.keptHashBalance())) await jobs.send('mining.collect', {});
  });
}

/** A new first encryption key takes over what the older ones sealed; one that is still needed must not be left out. */
async function resealAtStart({ sessions, logger }: Container): Promise<void> {
  const sealed = await sessions.inTransaction(({ sealedKeys }) => sealedKeys.begin());
  for (const { keyId, count } of sealed.filter(({ state }) => state === 'missing')) {
    logger.error(`ENCRYPTION_KEYS lacks "${keyId}", with which ${count} keys are sealed: they cannot be used`);
  }
}
