import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { carriedOut, inTransit, seenTwice, type TransitBench, transitBench } from '#server/testing/transits.ts';
import { observe, observedTwice } from '#server/testing/wallet-looks.ts';
import {
  aFundedWallet,
  aWalletWith,
  BNB,
  onChain,
  sentMove,
  type TestWallet,
  timePasses,
  USDT,
  walletPurse,
} from '#server/testing/wallet-payouts.ts';
import { bookings, operatorOf, shown } from '#server/testing/withdrawals.ts';

let bench: TransitBench;
let app: TestApplication;
beforeAll(async () => {
  bench = await transitBench();
  app = bench.app;
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await bench.close();
});

const statusOf = async ({ id }: TestWallet) => (await (await operatorOf(app)).caller.wallets.get({ id })).status;
const shorts = async ({ id }: TestWallet) =>
  app.sql(`select closed_at is null as open from incidents where wallet_id = ? and kind = 'short_funds'`, [id]);

describe('what is on chain', () => {
  test('is booked when it was read twice, 20 s apart', async () => {
    const wallet = await aWalletWith(app, { bnb: '1', usdt: '50' });
    await observe(app, wallet);
    await observe(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('0/0/0/0');
    await timePasses(app, 20);
    await observe(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
    expect(await walletPurse(app, wallet, BNB)).toBe('1/1/0/0');
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
  });

  test('begins anew when the second reading is another one', async () => {
    const wallet = await aWalletWith(app, { usdt: '50' });
    await observe(app, wallet);
    await timePasses(app, 20);
    onChain(app, wallet, { usdt: '60' });
    await observe(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('0/0/0/0');
    await timePasses(app, 20);
    await observe(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('60/60/0/0');
  });

  test('is looked at when its turn comes, and by one sweep alone', async () => {
    const wallet = await aWalletWith(app, { usdt: '7' });
    const sweep = () => app.container.sessions.inTransaction(({ walletObserver }) => walletObserver.sweep());
    await Promise.all([sweep(), sweep(), sweep()]);
    const jobs = await app.sql(`select 1 from pgboss.job where name = 'wallet.observe' and data->>'walletId' = ?`, [
      wallet.id,
    ]);
    expect(jobs).toHaveLength(1);
    await app.jobs.drain('wallet.observe');
    await timePasses(app, 20);
    await app.jobs.hurry('wallet.observe');
    expect(await walletPurse(app, wallet, USDT)).toBe('7/7/0/0');
  });
});

describe('scenario 31: a deposit while a transfer is on its way', () => {
  test('is booked only after it has ended', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await sentMove(app, wallet, { amount: '10' });
    onChain(app, wallet, { usdt: '45' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('50/40/0/10');
    await seenTwice(bench);
    expect((await shown(app, move)).status).toBe('completed');
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('45/45/0/0');
  });
});

describe('scenario 47: a balance that was read before a transfer settled', () => {
  test('is not booked after it', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    onChain(app, wallet, { usdt: '55' });
    await observe(app, wallet);
    await timePasses(app, 20);
    const { sessions } = app.container;
    const old = await sessions.withoutTransaction(({ walletObserver }) => walletObserver.read(wallet.id));
    await sentMove(app, wallet, { amount: '10' });
    await seenTwice(bench);
    if (!old) throw new Error('nothing was read');
    const by = { type: 'system', id: 'worker' } as const;
    await sessions.inTransaction(({ walletObserver }) => walletObserver.take(old, by));
    expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('45/45/0/0');
  });
});

describe('scenario 32: less on chain than the books say', () => {
  test('is never trued up: suspense, an incident, and the wallet is paused', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    onChain(app, wallet, { usdt: '40' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
    expect(await shorts(wallet)).toEqual([{ open: true }]);
    const { caller } = await operatorOf(app);
    expect(await caller.wallets.get({ id: wallet.id })).toMatchObject({ status: 'paused', pauseReason: 'short_funds' });
  });
});

describe('scenario 48: a node shows less for a while', () => {
  test('what was missing comes back first, no deposit is invented, and the wallet runs again', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    onChain(app, wallet, { usdt: '40' });
    await observedTwice(app, wallet);
    onChain(app, wallet, { usdt: '46' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('46/50/0/0');
    expect(await statusOf(wallet)).toBe('paused');
    onChain(app, wallet, { usdt: '52' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, USDT)).toBe('52/52/0/0');
    expect(await shorts(wallet)).toEqual([{ open: false }]);
    expect(await statusOf(wallet)).toBe('active');
  });
});

describe('scenario 54: the company put gas into the wallet', () => {
  test('what is left of it is the company’s, up to its fee and once; the rest is the member’s', async () => {
    const wallet = await aFundedWallet(app, { bnb: '0', usdt: '50' });
    await inTransit(bench, wallet);
    await carriedOut(bench);
    await seenTwice(bench);
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, BNB)).toBe('0.000437/0/0/0/gas 0.000437');
    onChain(app, wallet, { bnb: '2.000437' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, BNB)).toBe('2.000437/2/0/0/gas 0.000437');
  });
});

describe('gas that was not booked with its payment', () => {
  test('is found afterwards, and is no shortage', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await sentMove(app, wallet, { amount: '10' });
    onChain(app, wallet, { bnb: '1' });
    await seenTwice(bench);
    expect(await bookings(app, move)).not.toHaveProperty('GAS');
    onChain(app, wallet, { bnb: '0.99994' });
    await observedTwice(app, wallet);
    expect(await walletPurse(app, wallet, BNB)).toBe('0.99994/0.99994/0/0');
    expect(await bookings(app, move)).toMatchObject({ GAS: 1 });
    expect(await shorts(wallet)).toEqual([]);
  });
});
