import type { Job, JobResult, PgBoss } from 'pg-boss';
import type { Logger } from '#server/config/index.ts';
import type { JobName, JobPayloads } from '#server/kernel/job-queue.ts';
import { JOB_HANDLERS, TOGETHER } from './handlers.ts';
import type { JobContext } from './job-context.ts';

const POLL_EVERY_S = 0.5;

interface Room {
  /** Jobs taken from the queue at once; they run side by side. */
  readonly batchSize: number;
  /** So many batches at a time in one process: while one waits for a slow provider, the others go on. */
  readonly localConcurrency: number;
}

const ONE: Room = { batchSize: 1, localConcurrency: 1 };
const MANY: Room = { batchSize: 8, localConcurrency: 4 };

/** What runs for every withdrawal gets room; what looks over the whole runs once at a time. */
const ROOM: Readonly<Partial<Record<JobName, Room>>> = {
  'payout.dispatch': MANY,
  'payout.look-up': MANY,
  'payout.recover': MANY,
  'callback.process': MANY,
  'wallet.observe': MANY,
  'withdrawal.expire': MANY,
  'notifications.fan-out': { batchSize: 32, localConcurrency: 2 },
  'notifications.deliver': MANY,
};

export interface Listener {
  readonly boss: PgBoss;
  readonly context: JobContext;
  readonly logger: Logger;
  /** Ids of the jobs being worked on. */
  readonly running: Set<string>;
}

/** Runs the jobs of one queue. A full batch is followed by the next at once: a long queue is not waited through. */
export async function listen<Name extends JobName>(listener: Listener, name: Name): Promise<void> {
  const options = { pollingIntervalSeconds: POLL_EVERY_S, burstWhenBatchFull: true, ...(ROOM[name] ?? ONE) };
  await listener.boss.work<JobPayloads[Name], void, { perJobResults: true }>(
    name,
    { ...options, perJobResults: true },
    async (jobs) =>
      (await runTogether(listener, name, jobs)) ?? Promise.all(jobs.map((job) => runOne(listener, name, job))),
  );
}

/** Null when they are to be run one by one. */
async function runTogether<Name extends JobName>(
  { context, logger, running }: Listener,
  name: Name,
  jobs: readonly Job<JobPayloads[Name]>[],
): Promise<JobResult[] | null> {
  const handler = TOGETHER[name];
  if (!handler || jobs.length === 1) return null;
  for (const { id } of jobs) running.add(id);
  try {
    await handler(
      context,
      jobs.map(({ data }) => data),
    );
    return jobs.map(({ id }) => ({ id, status: 'completed' }));
  } catch (error) {
    logger.warn({ err: error, job: name }, 'jobs failed together; each is run by itself');
    return null;
  } finally {
    for (const { id } of jobs) running.delete(id);
  }
}

/** One job's failure is its own: the others of its batch are done. */
async function runOne<Name extends JobName>(
  { context, logger, running }: Listener,
  name: Name,
  { id, data }: Job<JobPayloads[Name]>,
): Promise<JobResult> {
  running.add(id);
  try {
    await JOB_HANDLERS[name](context, data);
    return { id, status: 'completed' };
  } catch (error) {
    logger.error({ err: error, job: name, jobId: id }, 'job failed; it will be tried again');
    return { id, status: 'failed', output: { message: error instanceof Error ? error.message : String(error) } };
  } finally {
    running.delete(id);
  }
}
