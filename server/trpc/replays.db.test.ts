import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openContainer } from '#server/container.ts';
import { newId } from '#server/kernel/ids.ts';
import { type Caller, type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { dataDump } from '#server/testing/data-dump.ts';
import { aMember } from '#server/testing/members.ts';
import { asked, platformOf, refusal } from '#server/testing/withdrawals.ts';
import { figure, sized } from '../../scripts/prove/size.ts';
import { createCaller } from './root.ts';

const TIMES = 10;
const ROUNDS = sized(1, 50);
const MONTH_MS = 30 * 86_400_000;

let app: TestApplication;
let replays = 0;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  figure(`${replays} calls made again: identical replies, no new row; every other body refused`);
  await expectBooksBalanced(app);
  await app.close();
});

interface Keyed {
  readonly call: (caller: Caller) => Promise<unknown>;
  /** The same key, one figure changed. */
  readonly changed: (caller: Caller) => Promise<unknown>;
}

/** Every procedure that takes an idempotency key. */
const KEYED: Readonly<Record<string, () => Promise<Keyed>>> = {
  'ledger.credit': async () => {
    const credit = { memberId: aMember(), asset: 'LTC', amount: '1', reference: newId(), idempotencyKey: newId() };
    return {
      call: (caller) => caller.ledger.credit(credit),
      changed: (caller) => caller.ledger.credit({ ...credit, amount: '1.000000000001' }),
    };
  },
  'withdrawals.request': async () => {
    const { memberId, asset } = await asked(app);
    const order = { memberId, asset, amount: '0.31', idempotencyKey: newId() };
    return {
      call: (caller) => caller.withdrawals.request(order),
      changed: (caller) => caller.withdrawals.request({ ...order, amount: '0.32' }),
    };
  },
  'wallets.create': async () => {
    const order = { memberId: aMember(), idempotencyKey: newId() };
    return {
      call: (caller) => caller.wallets.create(order),
      changed: (caller) => caller.wallets.create({ ...order, memberId: aMember() }),
    };
  },
};

/** The same key's holder in a process that was started afterwards. */
async function afterRestart<T>(work: (caller: Caller) => Promise<T>): Promise<T> {
  const { id } = await platformOf(app);
  const container = await openContainer(app.container.config, { clock: app.clock });
  const scopes = ['read', 'credit', 'withdraw', 'wallets'] as const;
  const origin = { requestId: newId(), ip: null };
  try {
    return await work(createCaller({ container, caller: { type: 'api_key', id, scopes }, origin }));
  } finally {
    // Not `close`: the pool is the application's.
    await container.shared.boss.stop({ graceful: false });
  }
}

describe.each(Object.entries(KEYED))('%s', (_name, keyed) => {
  test('made again at once, one after the other, after a restart and after a month gives the very same reply and no row', {
    timeout: 120_000,
  }, async () => {
    const { caller } = await platformOf(app);
    for (let round = 0; round < ROUNDS; round += 1) {
      const { call, changed } = await keyed();
      const first = JSON.stringify(await call(caller));
      const before = await dataDump(app);
      const again = async () => JSON.stringify(await call(caller));
      const said = [...(await Promise.all(Array.from({ length: TIMES }, again)))];
      for (let time = 0; time < TIMES; time += 1) said.push(await again());
      said.push(await afterRestart(async (restarted) => JSON.stringify(await call(restarted))));
      app.clock.pass(MONTH_MS);
      said.push(await again());
      replays += said.length;
      expect(new Set(said)).toEqual(new Set([first]));
      expect(await refusal(changed(caller))).toBe('idempotency.conflict');
      expect(await dataDump(app)).toEqual(before);
    }
  });
});
