import path from 'node:path';
import { type Child, startChild } from '../../scripts/processes/child.ts';
import type { TestApplication } from './application.ts';
import { completeEnvironment } from './complete-environment.ts';

export interface WorkerOptions {
  /** Where its log goes. */
  readonly folder: string;
  /** It is added to these, for whoever ends them. */
  readonly workers: Child[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real worker, a program beside this one, on the application's database and pool; ready when this resolves. */
export async function startWorkerProcess(
  app: TestApplication,
  { folder, workers, environment }: WorkerOptions,
): Promise<Child> {
  const { config } = app.container;
  const worker = startChild({
    name: 'worker',
    args: ['scripts/start-worker.ts'],
    env: completeEnvironment({
      NODE_ENV: 'production',
      DATABASE_URL: config.databaseUrl.reveal(),
      HASHDAM_API_BASE_URL: app.hashdam.url,
      HASHDAM_API_KEY: app.hashdam.apiKey,
      MBLOCK_API_BASE_URL: app.mblock.url,
      MBLOCK_API_KEY: app.mblock.apiKey,
      PROVIDER_DEADLINE_MS: '30000',
      LOG_LEVEL: 'info',
      ...environment,
    }),
    logFile: path.join(folder, 'worker.log'),
  });
  workers.push(worker);
  const ended = worker.ended.then((end) => {
    throw new Error(`the worker ended (${end}): ${worker.tail().join('\n')}`);
  });
  await Promise.race([worker.firstMessage, ended]);
  ended.catch(() => undefined);
  return worker;
}

export function signal({ pid }: Child, name: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(pid, name);
}

/** As if the lease of a withdrawal's attempt had run out, and with it a dead worker's hold on its job. */
export async function leaseIsOver(app: TestApplication, { id }: { id: string }): Promise<void> {
  await app.sql('update payout_attempts set lease_until = now() where withdrawal_id = ?', [id]);
  await app.sql(
    `update pgboss.job set start_after = now() where name = 'payout.recover' and state = 'created' and data->>'attemptId' in
       (select id::text from payout_attempts where withdrawal_id = ?)`,
    [id],
  );
  await app.sql(
    `update pgboss.job set state = 'retry', start_after = now() where name = 'payout.dispatch' and state = 'active'
       and data->>'withdrawalId' = ?`,
    [id],
  );
}
