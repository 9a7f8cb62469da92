import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { aHash } from '#server/testing/transits.ts';
import { observedTwice } from '#server/testing/wallet-looks.ts';
import {
  aFundedWallet,
  approvedMove,
  BNB,
  onChain,
  sentMove,
  type TestWallet,
} from '#server/testing/wallet-payouts.ts';
import { type Asked, operatorOf, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

/** The provider says that the wallet has not enough. */
async function waitsForFunds(): Promise<{ wallet: TestWallet; move: Asked }> {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'rejected', message: 'Not enough balance' });
  const move = await sentMove(app, wallet);
  expect(await shown(app, move)).toMatchObject({ status: 'approved', waitReason: 'funds' });
  return { wallet, move };
}

/** What is due now, and nothing that only time would bring. */
const dueNow = () => app.jobs.drain('payout.funded', 'payout.dispatch');
const statusOf = async (move: Asked) => (await shown(app, move)).status;

describe('a payout that waits for coins in its wallet', () => {
  test.each([
    ['its own asset', { usdt: '60' }],
    ['the coin that pays the gas', { bnb: '2' }],
  ])('goes at once when %s comes in, and not before', async (_what, funds) => {
    const { wallet, move } = await waitsForFunds();
    await observedTwice(app, wallet);
    await dueNow();
    expect(await statusOf(move)).toBe('approved');
    onChain(app, wallet, funds);
    await observedTwice(app, wallet);
    await dueNow();
    expect(await statusOf(move)).toBe('submitted');
  });

  test('goes when what was missing is back', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const move = await approvedMove(app, wallet);
    onChain(app, wallet, { usdt: '5' });
    await dueNow();
    expect(await shown(app, move)).toMatchObject({ status: 'approved', waitReason: 'funds' });
    await observedTwice(app, wallet);
    onChain(app, wallet, { usdt: '50' });
    await observedTwice(app, wallet);
    await dueNow();
    expect(await statusOf(move)).toBe('submitted');
  });

  test('goes when two people have booked what the company paid in', async () => {
    const { wallet, move } = await waitsForFunds();
    const call = { walletId: wallet.id, asset: BNB, amount: '0.5', reference: aHash(), credited: false, note: 'gas' };
    await (await operatorOf(app, 'finance', 'first')).caller.wallets.bookDeposit(call);
    onChain(app, wallet, { bnb: '1.5' });
    await dueNow();
    expect(await statusOf(move)).toBe('approved');
    await (await operatorOf(app, 'finance', 'second')).caller.wallets.bookDeposit(call);
    await dueNow();
    expect(await statusOf(move)).toBe('submitted');
  });

  test('does not go for what comes into another wallet, nor does what waits for something else', async () => {
    const { move } = await waitsForFunds();
    const other = await aFundedWallet(app, { bnb: '1', usdt: '50' });
    const paused = await approvedMove(app, other);
    await app.sql(`update wallets set status = 'paused', pause_reason = 'wallet_expired' where id = ?`, [other.id]);
    await dueNow();
    onChain(app, other, { usdt: '60' });
    await observedTwice(app, other);
    const tries = async () => (await shown(app, paused)).timeline.length;
    const before = await tries();
    await dueNow();
    expect([await statusOf(move), await statusOf(paused), await tries()]).toEqual(['approved', 'approved', before]);
    expect(await shown(app, paused)).toMatchObject({ waitReason: 'wallet_paused' });
  });
});
