import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MiningPool } from '#server/mining/index.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { ScriptedPool } from '#server/testing/scripted-pool.ts';
import {
  type Asked,
  anAmount,
  asked,
  operatorOf,
  platformOf,
  purse,
  refusal,
  shown,
} from '#server/testing/withdrawals.ts';
import { sized } from '../../scripts/prove/size.ts';
import { again, end, isSendable, isStoppable, isVotable, type Life, newLife, sent, vote } from './life.model.ts';

/** How many lives are lived, and how long at most. */
const RUNS = sized(20, 10_000);
const STEPS = sized(16, 50);
const SEED = 20_261_124;

const pool = new ScriptedPool();
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false, replace: { pool: pool as unknown as MiningPool } });
  await app.sql(
    `insert into pool_projects (provider, account, read_at) values ('hashdam', 'treasury@platform.example', now())`,
  );
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

interface Real {
  request: Asked;
  amount: string;
}

/** One thing that somebody or something does: whether it must be refused, what it leads to, and the doing. */
interface Step {
  readonly name: string;
  readonly refused: (life: Life) => boolean;
  readonly apply: (life: Life) => void;
  readonly run: (real: Real) => Promise<unknown>;
}

const person = async (n: number) => (await operatorOf(app, 'finance', `person ${n}`)).caller;
const editor = async () => (await operatorOf(app, 'admin', 'editor')).caller;
const digestOf = async ({ request }: Real) => (await shown(app, request)).digest;

const voting = (n: number): Step => ({
  name: `person ${n} approves`,
  refused: (life) => !isVotable(life) || life.onHold || life.votes.has(n),
  apply: (life) => vote(life, n),
  run: async (real) => (await person(n)).withdrawals.approve({ id: real.request.id, digest: await digestOf(real) }),
});
const dispatching = (answer: ScriptedPool['next']): Step => ({
  name: `the worker sends: ${answer}`,
  refused: () => false,
  apply: (life) => {
    if (isSendable(life)) sent(life, answer);
  },
  async run() {
    pool.next = answer;
    await app.jobs.hurry('payout.dispatch');
  },
});
const looking = (status: 'completed' | 'failed'): Step => ({
  name: `the pool says ${status}`,
  refused: () => false,
  apply(life) {
    if (life.open !== 'named') return;
    if (status === 'failed') life.paid -= 1;
    end(life, status);
  },
  async run({ request, amount }) {
    const { attempts } = await shown(app, request);
    if (attempts.at(-1)?.status !== 'submitted') return;
    pool.settle(amount, status);
    await app.jobs.hurry('payout.look-up');
    await app.sql(`update payout_attempts set failed_seen_at = failed_seen_at - interval '1 minute'`);
    await app.jobs.hurry('payout.look-up');
  },
});

const STEPS_TAKEN: readonly Step[] = [
  ...[1, 2, 3].map(voting),
  ...(['accepted', 'again', 'again', 'never', 'when_funded', 'lost_before'] as const).map(dispatching),
  looking('completed'),
  looking('failed'),
  {
    name: 'somebody rejects',
    refused: (life) => !isStoppable(life),
    apply: (life) => end(life, 'rejected'),
    run: async ({ request }) => (await person(1)).withdrawals.reject({ id: request.id, reason: 'no' }),
  },
  {
    name: 'the requester cancels',
    refused: (life) => !isStoppable(life),
    apply: (life) => end(life, 'cancelled'),
    run: async ({ request }) => (await platformOf(app)).caller.withdrawals.cancel({ id: request.id }),
  },
  {
    name: 'somebody holds',
    refused: (life) => !isStoppable(life) || life.onHold,
    apply: (life) => {
      life.onHold = true;
    },
    run: async ({ request: { id } }) => (await editor()).withdrawals.hold({ id, reason: 'other', note: 'look' }),
  },
  {
    name: 'somebody releases',
    refused: (life) => !life.onHold,
    apply: (life) => {
      life.onHold = false;
    },
    run: async ({ request }) => (await editor()).withdrawals.release({ id: request.id }),
  },
  {
    name: 'somebody edits',
    refused: (life) => !isStoppable(life),
    apply: again,
    async run(real) {
      const amount = `1${anAmount()}`.replace('10.', '1.');
      await (await editor()).withdrawals.edit({ id: real.request.id, amount, reason: 'another amount' });
      real.amount = amount;
    },
  },
  {
    name: 'somebody retries',
    refused: (life) => life.status !== 'failed' && (!isSendable(life) || life.onHold),
    apply(life) {
      if (life.status === 'failed') again(life);
    },
    run: async ({ request }) => (await editor()).withdrawals.retry({ id: request.id }),
  },
  {
    name: 'nobody decides in time',
    refused: () => false,
    apply(life) {
      if (isVotable(life) && !life.onHold) end(life, 'cancelled');
    },
    async run({ request }) {
      await app.sql(
        `update withdrawals set expires_at = now() - interval '1 second' where id = ? and status in ('pending', 'approved_pending')`,
        [request.id],
      );
      await app.jobs.hurry('withdrawal.expire');
      await app.sql(`update withdrawals set expires_at = now() + interval '72 hours' where id = ?`, [request.id]);
    },
  },
];

/** The amount and where it is, as a purse: available, held (in flight included), in flight, payable. */
function purseOf({ money }: Life, amount: string, free: (amount: string) => string): string {
  if (money === 'free') return '100/0/0/0';
  const rest = free(amount);
  if (money === 'payable') return `${rest}/0/0/${amount}`;
  return `${rest}/${amount}/${money === 'in_flight' ? amount : '0'}/0`;
}

class Taken implements fc.AsyncCommand<Life, Real> {
  readonly #step: Step;

  constructor(step: Step) {
    this.#step = step;
  }

  check(): boolean {
    return true;
  }

  async run(life: Life, real: Real): Promise<void> {
    const { refused, apply, run } = this.#step;
    const expected = refused(life);
    const code = await refusal(run(real));
    expect([code, code !== 'none']).toEqual([code, expected]);
    if (!expected) apply(life);
    const { status, hold, amount } = await shown(app, real.request);
    expect([status, hold !== null]).toEqual([life.status, life.onHold]);
    expect(await purse(app, real.request)).toBe(purseOf(life, amount, (text) => subtracted(text)));
    expect(pool.paid(amount)).toBe(life.paid);
  }

  toString(): string {
    return this.#step.name;
  }
}

/** 100 less an amount, both with at most eight decimals. */
function subtracted(amount: string): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const units = 100n * 10n ** 8n - BigInt(whole + fraction.padEnd(8, '0'));
  const text = `${units / 10n ** 8n}.${(units % 10n ** 8n).toString().padStart(8, '0')}`;
  return text.replace(/\.?0+$/, '');
}

test('whatever happens to a withdrawal, in whatever order, the service and the model say the same', async () => {
  const commands = fc.commands(
    STEPS_TAKEN.map((step) => fc.constant(new Taken(step))),
    { maxCommands: STEPS, size: 'max' },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (taken) => {
      const amount = `1${anAmount()}`.replace('10.', '1.');
      const request = await asked(app, { amount });
      await fc.asyncModelRun(() => ({ model: newLife(), real: { request, amount } }), taken);
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
}, 3_600_000);
