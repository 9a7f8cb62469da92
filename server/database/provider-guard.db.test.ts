import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { CallInsideTransactionError } from './session-manager.ts';

const TO = '0x52908400098527886E0F7030069857D2E4169EE7';
const LTC = Amount.parse('LTC', '0.5');
const BNB = Amount.parse('BSC:BNB', '0.5');

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

const CALLS: readonly [string, (app: TestApplication) => Promise<unknown>][] = [
  ['HashDam is asked for a figure', ({ container }) => container.shared.pool.readHashBalance()],
  ['HashDam is told to pay', ({ container }) => container.shared.pool.requestWithdrawal({ amount: LTC })],
  ['MBlock is asked for a wallet', ({ container }) => container.shared.walletProvider.createWallet()],
  [
    'MBlock is asked for a balance',
    ({ container }) => container.shared.walletProvider.readBalance({ address: TO, contract: null }),
  ],
  [
    'MBlock is told to transfer',
    ({ container }) =>
      container.shared.walletProvider.transfer({ walletKey: new Secret('k'), to: TO, amount: BNB, contract: null }),
  ],
];

/** A fault waits for the next call that arrives: while it waits, no call has. */
function nextCallIsRefused(): void {
  app.hashdam.control.fault({ fault: 'rejected', message: 'this call arrived' });
  app.mblock.control.fault({ fault: 'rejected', message: 'this call arrived' });
}

async function nothingHasArrived(): Promise<boolean> {
  const { pool, walletProvider } = app.container.shared;
  const arrived = { code: 'provider.rejected' };
  await expect(pool.readProject()).rejects.toMatchObject(arrived);
  await expect(walletProvider.readBalance({ address: TO, contract: null })).rejects.toMatchObject(arrived);
  return true;
}

describe.each(CALLS)('while a transaction is open and %s', (_what, call) => {
  test('the call is refused before it leaves', async () => {
    const { sessions } = app.container;
    const before = [app.hashdam.journal().length, app.mblock.journal().length];
    nextCallIsRefused();
    await expect(sessions.inTransaction(() => call(app))).rejects.toThrow(CallInsideTransactionError);
    expect([app.hashdam.journal().length, app.mblock.journal().length]).toEqual(before);
    expect(await nothingHasArrived()).toBe(true);
  });

  test('a session without a transaction does not hide it', async () => {
    const { sessions } = app.container;
    const hidden = sessions.inTransaction(() => sessions.withoutTransaction(() => call(app)));
    await expect(hidden).rejects.toThrow(CallInsideTransactionError);
  });
});

test('a swallowed refusal still leaves the provider untouched', async () => {
  nextCallIsRefused();
  await app.container.sessions.inTransaction(({ mining }) => mining.hashBalance().catch(() => undefined));
  expect(await nothingHasArrived()).toBe(true);
});

test('a transaction elsewhere is no reason to refuse', async () => {
  const { sessions } = app.container;
  const figures = await sessions.inTransaction(async ({ assets }) => assets.list());
  const side = sessions.inTransaction(async ({ assets }) => assets.list());
  const called = sessions.withoutTransaction(({ mining }) => mining.hashBalance());
  expect(figures).toEqual(await side);
  expect(await called).toMatchObject({ credit: expect.any(String) });
});
