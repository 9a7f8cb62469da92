import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatchPayout } from '#server/jobs/dispatch-payout.ts';
import { WORKER } from '#server/jobs/job-context.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { aFundedWallet, approvedMove, timePasses, USDT, walletPurse } from '#server/testing/wallet-payouts.ts';
import { shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

test('balances that were read before another payment of the wallet are no ground to send on: they are read again', async () => {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const [slow, quick] = [await approvedMove(app, wallet), await approvedMove(app, wallet)];
  const { sessions } = app.container;
  const seen = await sessions.withoutTransaction(({ payoutFence }) => payoutFence.look(slow.id));
  await dispatchPayout(app.jobs.context, { withdrawalId: quick.id });
  await app.jobs.hurry('payout.look-up');
  await timePasses(app, 10);
  await app.jobs.hurry('payout.look-up');
  expect((await shown(app, quick)).status).toBe('completed');

  const sender = { worker: 'slow', deadlineMs: 1_000, transitDeadlineMs: 600_000 };
  const order = await sessions.inTransaction(({ payoutFence }) =>
    payoutFence.fence({ withdrawalId: slow.id, before: seen?.before ?? null }, sender, WORKER),
  );
  expect(order).toBeNull();
  expect(await shown(app, slow)).toMatchObject({ status: 'approved', waitReason: 'balances_unread', attempts: [] });
  await app.jobs.hurry('payout.dispatch');
  expect((await shown(app, slow)).status).toBe('submitted');
  expect(await walletPurse(app, wallet, USDT)).toBe('40/30/0/10');
});
