import { afterAll, beforeAll, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import type { TestApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { carriedOut, report, seenTwice, type TransitBench, transitBench } from '#server/testing/transits.ts';
import { leaseIsLost } from '#server/testing/unknown-payouts.ts';
import { openIncident } from '#server/testing/wallet-looks.ts';
import { aFundedWallet, approvedMove, type MoveWish, USDT, walletPurse } from '#server/testing/wallet-payouts.ts';
import { bookings, fenced, shown } from '#server/testing/withdrawals.ts';
import type { PayoutOrder } from '#server/withdrawals/index.ts';

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

/** Fenced, and its sender's lease is over before it has its answer: nothing is known. */
async function standingStill(wish: MoveWish) {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const move = await approvedMove(app, wallet, { amount: '10', ...wish });
  const order = await fenced(app, move);
  if (!order) throw new Error('there was nothing to send');
  await leaseIsLost(app, move);
  expect((await shown(app, move)).status).toBe('manual-review');
  return { wallet, move, order };
}

/** What the provider really answers to this order, written down too late. */
async function answered(order: PayoutOrder) {
  const { sessions } = app.container;
  const outcome = await sessions.withoutTransaction(({ payouts }) => payouts.send(order, () => undefined));
  await sessions.inTransaction(({ payouts }) => payouts.record(order, outcome, WORKER));
  await app.jobs.drain('payout.look-up');
}

test('a transfer’s hash that came too late is looked for, and completes it', async () => {
  const { wallet, move, order } = await standingStill({ kind: 'transfer' });
  await answered(order);
  expect(await shown(app, move)).toMatchObject({
    status: 'submitted',
    attempts: [{ reference: expect.stringMatching(/^0x/) }],
  });
  await seenTwice(bench);
  expect((await shown(app, move)).status).toBe('completed');
  expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
});

test('a transit’s token that came too late is waited for like any other', async () => {
  const { wallet, move, order } = await standingStill({ kind: 'transit' });
  await answered(order);
  expect((await shown(app, move)).status).toBe('pending-transit');
  await carriedOut(bench);
  await seenTwice(bench);
  expect((await shown(app, move)).status).toBe('completed');
  expect(await walletPurse(app, wallet, USDT)).toBe('40/40/0/0');
});

test('a refusal that came too late frees nothing but the wallet’s slot: it goes on as approved', async () => {
  const { wallet, move, order } = await standingStill({ kind: 'transfer' });
  app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'rejected', message: 'Not enough balance' });
  await answered(order);
  expect(await shown(app, move)).toMatchObject({ status: 'approved', waitReason: 'funds' });
  expect(await walletPurse(app, wallet, USDT)).toBe('50/40/10/0');
  expect(await app.sql('select 1 from wallet_slots where wallet_id = ?', [wallet.id])).toEqual([]);
});

test('a key that is refused too late pauses its wallet, and nothing leaves it', async () => {
  const { wallet, move, order } = await standingStill({ kind: 'transfer' });
  app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'rejected', message: 'Wallet address has expired' });
  await answered(order);
  expect((await shown(app, move)).status).toBe('approved');
  const [row] = await app.sql('select status from wallets where id = ?', [wallet.id]);
  expect(row).toEqual({ status: 'paused' });
});

test('a refusal that came too late frees nothing once a callback was posted: the chain decides', async () => {
  const { wallet, move, order } = await standingStill({ kind: 'transit' });
  await report(bench, order.callbackSecret?.reveal() ?? '', { result: true, token: 'T1', txid: `0x${'5'.repeat(64)}` });
  app.mblock.control.fault({ method: 'transitByWalletKey', fault: 'rejected', message: 'Not enough balance' });
  await answered(order);
  expect((await shown(app, move)).status).toBe('manual-review');
  expect(await walletPurse(app, wallet, USDT)).toBe('50/40/0/10');
  expect(await app.sql('select 1 from wallet_slots where wallet_id = ?', [wallet.id])).toHaveLength(1);
});

test('a hash for what two people have called unpaid is looked for, and books it as late', async () => {
  const { wallet, move, order } = await standingStill({ kind: 'transfer' });
  await app.container.sessions.inTransaction(async ({ paying }) => {
    const withdrawal = await paying.withdrawals.lock(move.id);
    const attempt = await paying.payoutAttempts.lockAttempt(order.attemptId);
    attempt.closedByPeople = true;
    attempt.move('resolve_not_paid', await paying.payoutAttempts.databaseNow());
    await paying.mover.move(withdrawal, 'resolve_not_paid', { by: WORKER, attemptId: attempt.id, reason: 'test' });
  });
  expect(await walletPurse(app, wallet, USDT)).toBe('50/50/0/0');
  await answered(order);
  await seenTwice(bench);
  expect(await shown(app, move)).toMatchObject({ status: 'failed', hold: { reason: 'late_success' } });
  expect(await bookings(app, move)).toMatchObject({ RETURN: 1, RELEASE: 1, LATE: 1 });
  expect(await walletPurse(app, wallet, USDT)).toBe('40/50/0/0');
  expect(await openIncident(app, wallet, 'late_success')).not.toBe('');
});
