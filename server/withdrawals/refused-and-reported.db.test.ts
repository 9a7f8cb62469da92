import { afterAll, beforeAll, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { carriedOut, look, seenTwice, type TransitBench, tokensMoved, transitBench } from '#server/testing/transits.ts';
import { aFundedWallet, approvedMove, USDT, walletPurse } from '#server/testing/wallet-payouts.ts';
import { bookings, fenced, shown } from '#server/testing/withdrawals.ts';

let bench: TransitBench;
beforeAll(async () => {
  bench = await transitBench();
});
afterAll(async () => {
  await expectBooksBalanced(bench.app);
  await bench.close();
});

test('a transit that was reported as carried out before its answer said no is not sent again: the chain decides', async () => {
  const { app } = bench;
  const { sessions } = app.container;
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const move = await approvedMove(app, wallet, { kind: 'transit', amount: '7' });
  const order = await fenced(app, move);
  if (!order) throw new Error('there was nothing to send');
  const { evidence } = await sessions.withoutTransaction(({ payouts }) => payouts.send(order, () => undefined));
  await carriedOut(bench);
  await look(bench);
  const refused = { kind: 'rejected', retry: 'when_funded', reason: 'balance_too_low', evidence } as const;
  await sessions.inTransaction(({ payouts }) => payouts.record(order, refused, WORKER));
  expect((await shown(app, move)).status).toBe('manual-review');
  await app.jobs.hurry('payout.dispatch');
  await seenTwice(bench);
  expect((await shown(app, move)).status).toBe('completed');
  expect(tokensMoved(bench, '7')).toBe(1);
  expect(await bookings(app, move)).toMatchObject({ DISPATCH: 1, SETTLE: 1 });
  expect(await walletPurse(app, wallet, USDT)).toBe('43/43/0/0');
});
