import type { Container } from '#server/container.ts';
import { sql } from '#server/database/sql.ts';
import { JOB_HANDLERS } from '#server/jobs/handlers.ts';
import type { JobContext } from '#server/jobs/job-context.ts';
import type { JobName, JobPayloads } from '#server/kernel/job-queue.ts';
import { transitDeadlineMs } from '#server/withdrawals/index.ts';

const JOBS_MAX = 1_000;

/** The job of the moment stays that of the moment. */
const MOMENTS_COME = `
  with due as (
    update payout_attempts set next_look_at = date_trunc('milliseconds', now()) where next_look_at > now()
    returning id, next_look_at)
  update pgboss.job j set data = j.data || jsonb_build_object('at', due.next_look_at)
  from due join payout_attempts was on was.id = due.id
  where j.name = 'payout.look-up' and j.data->>'attemptId' = due.id::text
    and (j.data->>'at')::timestamptz = was.next_look_at`;

/** Runs the queue's jobs in the test's own process and time: nothing happens between two lines of a test. */
export class JobRunner {
  readonly #container: Container;
  readonly #context: JobContext;

  /** What the jobs' handlers are given, for a test that calls one itself. */
  get context(): JobContext {
    return this.#context;
  }

  constructor(container: Container, worker = 'test-worker') {
    this.#container = container;
    const { providerDeadlineMs, mblockTransit } = container.config;
    const deadlines = { providerDeadlineMs, transitDeadlineMs: transitDeadlineMs(mblockTransit, null) };
    const { sessions, logger, keyRotations } = container;
    this.#context = { sessions, logger, keyRotations, worker, ...deadlines, mayLeave: () => true };
  }

  /** Runs every due job of these queues, and the ones they lead to, until none is due. Resolves to how many ran. */
  async drain(...names: JobName[]): Promise<number> {
    const queues = names.length > 0 ? names : (Object.keys(JOB_HANDLERS) as JobName[]);
    let ran = 0;
    for (let found = true; found && ran < JOBS_MAX; ) {
      found = false;
      for (const name of queues) {
        const done = await this.#runDue(name);
        ran += done;
        found ||= done > 0;
      }
    }
    return ran;
  }

  /** Runs what is due now and what would only be due later, once each: time passes without waiting. All queues if none is named. */
  async hurry(...names: JobName[]): Promise<number> {
    const queues = names.length > 0 ? names : (Object.keys(JOB_HANDLERS) as JobName[]);
    const em = this.#container.orm.em.fork();
    await sql(em, 'update withdrawals set next_attempt_at = now() where next_attempt_at > now()');
    await sql(em, "update notification_deliveries set next_at = now() where status = 'pending' and next_at > now()");
    if (queues.includes('payout.look-up')) await sql(em, MOMENTS_COME);
    await sql(em, "update pgboss.job set start_after = now() where state = 'created' and name = any(?::text[])", [
      queues,
    ]);
    let ran = 0;
    for (const name of queues) ran += await this.#runDue(name);
    return ran;
  }

  async #runDue<Name extends JobName>(name: Name): Promise<number> {
    const { boss } = this.#container.shared;
    const jobs = await boss.fetch<JobPayloads[Name]>(name, { batchSize: 100 });
    for (const job of jobs) {
      await JOB_HANDLERS[name](this.#context, job.data);
      await boss.complete(name, job.id);
    }
    return jobs.length;
  }
}
