import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  carriedOut,
  inTransit,
  look,
  report,
  seenTwice,
  type Transit,
  type TransitBench,
  tokenOf,
  transitBench,
} from '#server/testing/transits.ts';
import { aFundedWallet, sentMove, timePasses } from '#server/testing/wallet-payouts.ts';
import { operatorOf, shown } from '#server/testing/withdrawals.ts';

let bench: TransitBench;
let app: TransitBench['app'];
beforeAll(async () => {
  bench = await transitBench();
  app = bench.app;
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await bench.close();
});

async function named(of: Transit, txidToken: string | null | undefined): Promise<void> {
  await report(bench, of.secret, { result: true, token: await tokenOf(bench, of), txidFee: null, txidToken });
}

/** Whether a callback bars the word of two people that it was not paid. */
async function isBarred({ id }: Transit): Promise<boolean> {
  const { caller } = await operatorOf(app);
  const { attempts } = await caller.withdrawals.evidence({ id });
  const conditions = attempts[0]?.quietPeriod?.conditions ?? [];
  const condition = conditions.find(({ name }) => name === 'no_callback_proven');
  if (!condition) throw new Error('its outcome is known');
  return !condition.met;
}

test('a callback with the hash of a stranger’s payment bars nothing; one with its own payment’s does', async () => {
  const stranger = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'no_reference' });
  await sentMove(app, stranger, { amount: '8.5' });
  const foreign = app.mblock.journal().find(({ amount }) => amount === '8.5')?.reference;
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const move = await inTransit(bench, wallet, { amount: '8.5' });
  await named(move, foreign);
  await look(bench);
  expect((await shown(app, move)).status).toBe('manual-review');
  expect(await isBarred(move)).toBe(false);
  await carriedOut(bench);
  await look(bench);
  expect(await isBarred(move)).toBe(true);
});

test('nor does one with the hash of an earlier payment that was just the same', async () => {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const first = await inTransit(bench, wallet, { amount: '4' });
  await carriedOut(bench);
  await seenTwice(bench);
  const { attempts, status } = await shown(app, first);
  expect(status).toBe('completed');
  const second = await inTransit(bench, wallet, { amount: '4' });
  await named(second, attempts[0]?.reference);
  await timePasses(app, 86_400);
  await look(bench);
  expect(await isBarred(second)).toBe(false);
});
