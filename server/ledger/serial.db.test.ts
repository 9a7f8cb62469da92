import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type Caller, type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { STATEMENT_FAULTS, withFault } from '#server/testing/statement-faults.ts';
import { domainCodeOf, operatorOf, platformOf } from '#server/testing/withdrawals.ts';
import { Random } from '../../scripts/chaos/random.ts';
import { figure, sized } from '../../scripts/prove/size.ts';

const CLIENTS = 16;
const ACCOUNTS = 20;
const TRIES_MAX = 5;
const LASTS_MS = sized(4_000, 300_000);
const SEED = 10;
const DEADLOCKS_MAX = 0.001;

let app: TestApplication;
let platform: Caller;
let finance: Caller;
beforeAll(async () => {
  app = await testApplication();
  platform = (await platformOf(app)).caller;
  finance = (await operatorOf(app)).caller;
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

/** The books as one after the other would make them: what each member has free and set aside. */
class Model {
  readonly #sums = new Map<string, Amount>();

  add(member: string, bucket: 'available' | 'held', amount: Amount): void {
    const key = `${member} ${bucket}`;
    this.#sums.set(key, (this.#sums.get(key) ?? Amount.zero('LTC')).plus(amount));
  }

  sum(member: string, bucket: 'available' | 'held'): string {
    return (this.#sums.get(`${member} ${bucket}`) ?? Amount.zero('LTC')).toString();
  }
}

const seen = { calls: 0, busy: 0, deadlocks: 0, triesMost: 0 };

/** As a well-behaved client: what may be tried again is, after a pause with jitter. Resolves to null where it is refused. */
async function tried<T>(random: Random, call: () => Promise<T>): Promise<T | null> {
  for (let tries = 1; ; tries += 1) {
    seen.calls += 1;
    seen.triesMost = Math.max(seen.triesMost, tries);
    try {
      return await call();
    } catch (error) {
      if (domainCodeOf(error) !== 'system.busy') return null;
      seen.busy += 1;
      if (JSON.stringify(causesOf(error)).includes('40P01')) seen.deadlocks += 1;
      if (tries === TRIES_MAX) throw error;
      await pause(random.int(5, 20) * 2 ** tries);
    }
  }
}

function causesOf(error: unknown): unknown[] {
  if (!(error instanceof Error)) return [];
  return ['code' in error ? error.code : null, ...causesOf(error.cause)];
}

/** One client's life: credits, requests, and ends of requests, each noted in the model once it is acknowledged. */
async function client(number: number, model: Model): Promise<void> {
  const random = new Random(SEED).fork(`client-${number}`);
  const open: { id: string; memberId: string; amount: Amount }[] = [];
  for (const until = Date.now() + LASTS_MS; Date.now() < until; ) {
    const memberId = `serial-${random.int(1, ACCOUNTS)}`;
    const amount = Amount.fromDecimal('LTC', `0.${random.int(1, 999)}`);
    const order = { memberId, asset: 'LTC', amount: amount.toString(), idempotencyKey: newId() };
    const chosen = random.next();
    if (chosen < 0.4) {
      const credited = await tried(random, () => platform.ledger.credit({ ...order, reference: newId() }));
      if (credited) model.add(memberId, 'available', amount);
    } else if (chosen < 0.75 || open.length === 0) {
      const asked = await tried(random, () => platform.withdrawals.request(order));
      if (!asked) continue;
      model.add(memberId, 'available', amount.negated());
      model.add(memberId, 'held', amount);
      open.push({ id: asked.id, memberId, amount });
    } else {
      const [ended] = open.splice(random.int(0, open.length - 1), 1);
      if (!ended) continue;
      const { id } = ended;
      const end =
        random.next() < 0.5
          ? () => platform.withdrawals.cancel({ id })
          : () => finance.withdrawals.reject({ id, reason: 'no' });
      if (!(await tried(random, end))) throw new Error('an open request could not be ended');
      model.add(ended.memberId, 'held', ended.amount.negated());
      model.add(ended.memberId, 'available', ended.amount);
    }
  }
}

test('sixteen clients at once leave the books as one after the other would', {
  timeout: LASTS_MS + 60_000,
}, async () => {
  const model = new Model();
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number, model)));
  for (let at = 1; at <= ACCOUNTS; at += 1) {
    const memberId = `serial-${at}`;
    const balances = await platform.ledger.balances({ memberId });
    const ltc = balances.find(({ asset }) => asset === 'LTC') ?? { available: '0', held: '0' };
    expect([memberId, ltc.available, ltc.held]).toEqual([
      memberId,
      model.sum(memberId, 'available'),
      model.sum(memberId, 'held'),
    ]);
  }
  expect(seen.calls).toBeGreaterThan(CLIENTS);
  expect(seen.deadlocks / seen.calls).toBeLessThan(DEADLOCKS_MAX);
  figure(
    `${seen.calls} calls by ${CLIENTS} clients on ${ACCOUNTS} members: 0 differences, ${seen.busy} busy, ${seen.deadlocks} deadlocks, at most ${seen.triesMost} tries`,
  );
});

test.each(STATEMENT_FAULTS.slice(0, 1))(
  'a client whose statement is %s is told that it may try again, and then succeeds',
  async (fault) => {
    const credit = { memberId: 'serial-1', asset: 'LTC', amount: '1', reference: newId(), idempotencyKey: newId() };
    const first = withFault({ at: 3, fault, onMet: () => undefined }, () => platform.ledger.credit(credit));
    expect(await first.then(() => 'none', domainCodeOf)).toBe('system.busy');
    expect(await tried(new Random(SEED), () => platform.ledger.credit(credit))).not.toBeNull();
  },
);
