import type { Collaborators } from '#server/collaborators.ts';
import { loadConfig } from '#server/config/index.ts';
import { type Container, openContainer } from '#server/container.ts';
import type { ApiKeyScope, OperatorRole } from '#server/kernel/actor.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { createOperator } from '#server/operators/create-operator.ts';
import {
  type HashDamSimulator,
  type HashDamSimulatorOptions,
  type MBlockSimulator,
  type MBlockSimulatorOptions,
  startHashDamSimulator,
  startMBlockSimulator,
} from '#server/simulators/index.ts';
import { createCaller } from '#server/trpc/root.ts';
import { completeEnvironment } from './complete-environment.ts';
import { testDatabase } from './database.ts';
import { FakeClock } from './fake-clock.ts';
import { JobRunner } from './job-runner.ts';
import { type Grant, granting, steppedUp } from './stepped-up.ts';

export type Caller = ReturnType<typeof createCaller>;

/** Somebody who is signed in. */
export interface Signed {
  readonly id: string;
  /** Gives the second factor whenever it is needed. */
  readonly caller: Caller;
  /** Does not. */
  readonly plain: Caller;
  readonly grant: Grant;
}

/** A whole application on a database of its own, with both providers as real HTTP servers. */
export interface TestApplication {
  readonly container: Container;
  readonly hashdam: HashDamSimulator;
  readonly mblock: MBlockSimulator;
  readonly clock: FakeClock;
  readonly jobs: JobRunner;
  /** A new operator of this role, and the procedures as they may call them. */
  signedInAs(role: OperatorRole): Promise<Signed>;
  /** A new API key with these scopes, and the procedures as its holder may call them. */
  withKey(...scopes: ApiKeyScope[]): Promise<{ id: string; key: string; caller: Caller }>;
  anonymous(): Caller;
  sql<Row extends object>(text: string, parameters?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export interface TestApplicationOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly hashdam?: HashDamSimulatorOptions;
  readonly mblock?: MBlockSimulatorOptions;
  readonly replace?: Partial<Collaborators>;
  /** Read the pool once before the test, so that withdrawals can be asked for. Default true. */
  readonly collected?: boolean;
  /** Whether failures open the circuit breaker. Default false: most tests break a provider on purpose. */
  readonly breaker?: boolean;
}

const NEVER_OPENS = { breaker: { failuresOpenIt: Number.POSITIVE_INFINITY, valuePerHour: new Map() } };

/** Nobody types its codes in these tests: the second factor is granted, see `granting`. */
const CONFIRMED_FACTOR = `insert into operator_second_factors (id, operator_id, sealed_key, created_at, confirmed_at)
  values (?, ?, ?, now(), now())`;

function confirmedFactor({ shared }: Container, operatorId: string): string[] {
  const id = newId();
  return [id, operatorId, shared.cipher.seal(new Secret('NEVERUSED234567A'), id)];
}

/** Transits are carried out when the test says so. */
const TRANSITS_WAIT_MS = 86_400_000;

export async function testApplication(options: TestApplicationOptions = {}): Promise<TestApplication> {
  const hashdam = await startHashDamSimulator({ settleAfterMs: 0, ...options.hashdam });
  const mblock = await startMBlockSimulator({ settleAfterMs: TRANSITS_WAIT_MS, ...options.mblock });
  const clock = new FakeClock();
  const config = loadConfig(
    completeEnvironment({
      DATABASE_URL: await testDatabase(),
      ...{ HASHDAM_API_BASE_URL: hashdam.url, HASHDAM_API_KEY: hashdam.apiKey },
      MBLOCK_API_BASE_URL: mblock.url,
      MBLOCK_API_KEY: mblock.apiKey,
      MBLOCK_TRANSIT_FEE_WALLET_KEY: mblock.control.feeWallet().walletKey,
      PROVIDER_DEADLINE_MS: '1000',
      ...options.environment,
    }),
  );
  const container = await openContainer(config, { clock, ...(!options.breaker && NEVER_OPENS), ...options.replace });
  const jobs = new JobRunner(container);
  const origin = { requestId: newId(), ip: null };
  const sql = <Row extends object>(text: string, parameters: unknown[] = []) =>
    container.orm.em.fork().execute<Row[]>(text, parameters);
  if (options.collected ?? true) {
    await container.sessions.inTransaction(({ jobs: queue }) => queue.send('mining.collect', {}));
    await jobs.drain('mining.collect');
  }
  const app: TestApplication = {
    container,
    hashdam,
    mblock,
    clock,
    jobs,
    sql,
    anonymous: () => createCaller({ container, caller: null, origin }),
    async signedInAs(role) {
      const name = `${role} ${newId().slice(-6)}`;
      const email = `${newId()}@example.test`;
      const { id } = await createOperator(container, { email, name, role, password: 'correct horse battery' });
      await sql(CONFIRMED_FACTOR, confirmedFactor(container, id));
      const person = { type: 'operator', id, role, name, email, sessionId: newId(), secondFactor: 'passed' } as const;
      const plain = createCaller({ container, caller: person, origin });
      const grant = granting({ sql }, person);
      return { id, plain, grant, caller: steppedUp(plain, grant) };
    },
    async withKey(...scopes) {
      const { id: createdBy } = await app.signedInAs('admin');
      const by = { type: 'operator', id: createdBy, role: 'admin', sessionId: newId() } as const;
      const { id, key } = await container.sessions.inTransaction(({ apiKeys }) =>
        apiKeys.create({ name: `platform ${newId().slice(-6)}`, scopes, addresses: [], callsPerMinute: 100_000 }, by),
      );
      return { id, key, caller: createCaller({ container, caller: { type: 'api_key', id, scopes }, origin }) };
    },
    async close() {
      await container.close();
      await hashdam.close();
      await mblock.close();
    },
  };
  return app;
}
