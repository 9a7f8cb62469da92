import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { createOperator } from '#server/operators/create-operator.ts';
import { buildIfStale } from '../../scripts/build/build.ts';
import { secretsOfStack } from '../../scripts/canaries/secrets.ts';
import { dropDatabase, urlOfDatabase } from '../../scripts/database/index.ts';
import { ensureOperator, lendPasskey, withContainer } from '../../scripts/local/accounts.ts';
import { type ApiCaller, createBackendKey } from '../../scripts/local/callers.ts';
import type { LocalServices } from '../../scripts/local/services.ts';
import { startStack } from '../../scripts/local/stack.ts';
import { closeAll, onShutdown } from '../../scripts/processes/shutdown.ts';
import { startAlertSink } from './alert-sink.ts';
import { callerOf } from './callers.ts';
import { folder, lookEverywhere, remember } from './canaries.ts';
import { BEGINNER, KEEPER, NEWCOMER, OPERATORS, OWNER, TYPIST } from './operators.ts';
import { openSessions, secretsOfSessions } from './sessions.ts';

// The name tells the next run of the database tests whose it was, should this one be killed.
const databaseName = `countersign_test_${process.pid}_e2e`;

/** A day of waiting in seconds. Production itself refuses it. */
const REHEARSAL = { NODE_ENV: 'test', QUIET_PERIOD_MS: '3000', PROVIDER_DEADLINE_MS: '5000' };

/** One coin that is paid to listed addresses only; no other story touches it. */
const RULES = { ALLOW_LIST: 'BELLS:require' };

const READ_WITHIN_MS = 30_000;
const READ_AGAIN_MS = 200;

const origin = (url: string) => new URL(url).origin;

function tellTests({ appUrl, databaseUrl, secrets, simulators }: LocalServices): void {
  Object.assign(process.env, {
    E2E_BASE_URL: appUrl,
    E2E_PASSWORD: secrets.DEMO_PASSWORD,
    E2E_TOTP_KEY: secrets.DEMO_TOTP_KEY,
    E2E_PASSKEY: secrets.LOCAL_PASSKEY,
    E2E_DATABASE_URL: databaseUrl,
    E2E_HASHDAM_CONTROL_URL: `${origin(simulators.hashdamUrl)}/control`,
    E2E_MBLOCK_CONTROL_URL: `${origin(simulators.mblockUrl)}/control`,
  });
}

/** Nothing can be requested before the worker has read from the pool which account it pays to. */
async function firstReading(caller: ApiCaller): Promise<void> {
  const deadline = Date.now() + READ_WITHIN_MS;
  while (!(await caller.mining.balance.query({}))) {
    if (Date.now() > deadline) throw new Error('The worker has not read the pool.');
    await setTimeout(READ_AGAIN_MS);
  }
}

/** Playwright's global set-up: the whole product once, from the production build, on a database of its own. */
export default async function setup(): Promise<() => Promise<void>> {
  rmSync(folder, { recursive: true, force: true });
  try {
    await buildIfStale();
    const alerts = await startAlertSink();
    onShutdown(() => alerts.close());
    Object.assign(process.env, { E2E_ALERTS_URL: alerts.url });
    const services = await startStack({
      dataFolder: folder,
      nodeEnv: 'production',
      demo: false,
      overrides: {
        ALERT_WEBHOOK_URL: `${alerts.url}/services/${randomBytes(24).toString('hex')}`,
        ...REHEARSAL,
        ...RULES,
      },
      database: { name: databaseName, server: 'test' },
      prepare: async ({ env, databaseUrl, secrets }) => {
        onShutdown(() => dropDatabase(urlOfDatabase(databaseUrl, 'postgres'), databaseName));
        await withContainer(env, async (container) => {
          for (const operator of [...Object.values(OPERATORS), KEEPER]) {
            await ensureOperator(container, operator, secrets);
            await lendPasskey(container, operator, secrets);
          }
          for (const operator of [TYPIST, OWNER]) await ensureOperator(container, operator, secrets);
          for (const operator of [NEWCOMER, BEGINNER]) {
            await createOperator(container, { ...operator, password: secrets.DEMO_PASSWORD });
          }
        });
      },
    });
    await openSessions(services, [...Object.values(OPERATORS), KEEPER, TYPIST]);
    tellTests(services);
    const admin = callerOf(OPERATORS.admin);
    await firstReading(admin);
    // Whoever has seen the key may not approve what it asks for: so it is not the admin who approves in the stories.
    const keeper = callerOf(OPERATORS.adminTwo);
    const key = await createBackendKey(keeper, 'browser tests');
    Object.assign(process.env, { E2E_API_KEY: key });
    const secrets = [...secretsOfStack(services), ...secretsOfSessions(), { name: 'E2E_API_KEY', text: key }];
    remember({ secrets, answers: 0, hits: [] });
    return async () => {
      try {
        await lookEverywhere(services);
      } finally {
        await closeAll();
      }
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
