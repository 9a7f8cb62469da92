import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { migrateUp } from '#server/database/migrate.ts';
import { type JournalEntry, startHashDamSimulator } from '#server/simulators/index.ts';
import { dropDatabase, openDatabase, withClient } from '../database/index.ts';
import { localEnvironment } from '../local/environment.ts';
import type { LocalSecrets } from '../local/secrets.ts';
import { wordsOfScript } from '../package-scripts.ts';
import { dataFolder } from '../paths.ts';
import { startChild } from '../processes/child.ts';
import { messageFrom } from '../processes/ready.ts';
import { onShutdown } from '../processes/shutdown.ts';
import { processorMs, rounded } from './figures.ts';
import { APPROVED, BOOKS, PAYOUT_ACCOUNT, PENDING_VOTES, PEOPLE, POLICY, WITHDRAWALS } from './seed-sql.ts';

const WORKERS = 2;
const PROVIDER_MS = 20;
const READY_MS = 60_000;
const DONE_WITHIN_MS = 600_000;
const LOOK_EVERY_MS = 250;

export interface PayoutFigures {
  readonly payouts: number;
  readonly perSecond: number;
  /** Amounts that the pool paid more than once; every payout has an amount of its own. */
  readonly double: number;
  readonly missing: number;
  readonly cpuMsPerPayout: number;
}

/**
 * W6: as many approved withdrawals as asked for, two workers exactly as `npm run worker` runs them, and a pool that takes
 * 20 ms for each. Counted from the pool's own journal, first payment to last.
 */
export async function measurePayouts(payouts: number, secrets: LocalSecrets): Promise<PayoutFigures> {
  const pool = await startHashDamSimulator({
    ...{ apiKey: secrets.HASHDAM_API_KEY, settleAfterMs: 3_600_000, assetBalances: 'live' },
  });
  onShutdown(() => pool.close());
  pool.control.setBalance({ coin: 'DOGE', amount: '100000000' });
  pool.control.followPlan({
    seed: 1,
    probabilities: { late: 1 },
    methods: ['assetWithdrawRequest'],
    delayMs: PROVIDER_MS,
  });
  const url = await seeded(payouts);
  const env = localEnvironment({
    ...{ nodeEnv: 'production', databaseUrl: url, webPort: 1, secrets, demo: false, feeWalletKey: 'bench' },
    ...{ hashdamUrl: pool.url, mblockUrl: 'http://127.0.0.1:9' },
  });
  const workers = await Promise.all(
    Array.from({ length: WORKERS }, async (_, n) => {
      const child = startChild({
        name: `worker ${n + 1}`,
        args: wordsOfScript('worker').slice(1),
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
        logFile: join(dataFolder, 'bench', `worker-${n + 1}.log`),
      });
      onShutdown(() => child.stop());
      await messageFrom(child, READY_MS);
      return child;
    }),
  );
  await allPaid(url, payouts);
  const cpuMs = workers.reduce((sum, { pid }) => sum + processorMs(pid ?? 0), 0);
  for (const worker of workers) await worker.stop();
  const journal = pool.journal();
  await pool.close();
  return figuresOf(journal, payouts, cpuMs);
}

/** A database of its own, dropped and filled anew at every run. */
async function seeded(payouts: number): Promise<string> {
  const name = 'countersign_bench_payouts';
  const { url } = await openDatabase(name, { dataFolder: join(dataFolder, 'bench') });
  const server = new URL(url);
  server.pathname = '/postgres';
  await dropDatabase(server.href, name);
  const made = await openDatabase(name, { dataFolder: join(dataFolder, 'bench') });
  onShutdown(() => made.stop());
  await migrateUp(made.url);
  await withClient(made.url, async (client) => {
    const [approver, second, key] = [randomUUID(), randomUUID(), randomUUID()];
    await client.query(PEOPLE[0], [approver, second]);
    await client.query(PEOPLE[1], [key, second]);
    await client.query(POLICY);
    await client.query(WITHDRAWALS, [1, payouts, 0, key, payouts]);
    await client.query('begin');
    for (const statement of BOOKS) await client.query(statement);
    await client.query('commit');
    await client.query(PENDING_VOTES, [second]);
    await client.query(APPROVED);
    await client.query(PAYOUT_ACCOUNT);
    await client.query('vacuum (analyze)');
  });
  await enqueue(made.url);
  return made.url;
}

/** The job that an approval's commit would have sent, for each of them. */
async function enqueue(url: string): Promise<void> {
  const ids = await withClient(url, (client) => client.query<{ id: string }>('select id from withdrawals'));
  const boss = new PgBoss({ connectionString: url, migrate: false, supervise: false, schedule: false });
  await boss.start();
  await boss.insert(
    'payout.dispatch',
    ids.rows.map(({ id: withdrawalId }) => ({ data: { withdrawalId } })),
  );
  await boss.stop({ graceful: false });
}

/** Until every one has left `approved` for good; a look at the table four times a second. */
async function allPaid(url: string, payouts: number): Promise<void> {
  const until = performance.now() + DONE_WITHIN_MS;
  await withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ sent: number }>(
        "select count(*)::int as sent from withdrawals where status in ('submitted', 'completed')",
      );
      if ((rows[0]?.sent ?? 0) >= payouts) return;
      if (performance.now() > until)
        throw new Error(`${rows[0]?.sent} of ${payouts} were sent in ${DONE_WITHIN_MS} ms`);
      await pause(LOOK_EVERY_MS);
    }
  });
}

function figuresOf(journal: readonly JournalEntry[], payouts: number, cpuMs: number): PayoutFigures {
  const times = journal.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
  const amounts = new Set(journal.map(({ amount }) => amount));
  return {
    payouts,
    perSecond: rounded((journal.length - 1) / seconds, 1),
    double: journal.length - amounts.size,
    missing: payouts - amounts.size,
    cpuMsPerPayout: rounded(cpuMs / payouts),
  };
}
