import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContainer } from '#server/container.ts';
import { dispatchPayout } from '#server/jobs/dispatch-payout.ts';
import { type JobContext, WORKER } from '#server/jobs/job-context.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { JobRunner } from '#server/testing/job-runner.ts';
import { aFundedWallet, approvedMove, timePasses, USDT, walletPurse } from '#server/testing/wallet-payouts.ts';
import { shown } from '#server/testing/withdrawals.ts';
import { WalletKeyCipher } from '#server/wallets/index.ts';

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

  const sender = { worker: 'slow', deadlineMs: 1_000, transitDeadlineMs: 600_000, mayLeave: () => true };
  const order = await sessions.inTransaction(({ payoutFence }) =>
    payoutFence.fence({ withdrawalId: slow.id, before: seen?.before ?? null }, sender, WORKER),
  );
  expect(order).toBeNull();
  expect(await shown(app, slow)).toMatchObject({ status: 'approved', waitReason: 'balances_unread', attempts: [] });
  await app.jobs.hurry('payout.dispatch');
  expect((await shown(app, slow)).status).toBe('submitted');
  expect(await walletPurse(app, wallet, USDT)).toBe('40/30/0/10');
});

test('a worker that cannot open the wallet’s key begins nothing, and another one sends', async () => {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const move = await approvedMove(app, wallet);
  const key = { id: 'other', base64: new Secret(Buffer.alloc(32, 9).toString('base64')) };
  const lacking = await openContainer(app.container.config, { cipher: new WalletKeyCipher([key]) });
  await dispatchPayout(new JobRunner(lacking).context, { withdrawalId: move.id });
  await lacking.close();
  expect(await shown(app, move)).toMatchObject({ status: 'approved', waitReason: 'configuration', attempts: [] });
  expect(await walletPurse(app, wallet, USDT)).toBe('50/40/10/0');
  await app.jobs.hurry('payout.dispatch');
  expect((await shown(app, move)).status).toBe('submitted');
});

test('a wallet that was paused right after the fence sends nothing, and leaves no doubt about it', async () => {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const move = await approvedMove(app, wallet);
  const { sessions } = app.jobs.context;
  const context: JobContext = {
    ...app.jobs.context,
    sessions: {
      withoutTransaction: (work) => sessions.withoutTransaction(work),
      async inTransaction(work) {
        const result = await sessions.inTransaction(work);
        await app.sql(`update wallets set status = 'paused', pause_reason = 'test' where id = ?`, [wallet.id]);
        return result;
      },
    },
  };
  await dispatchPayout(context, { withdrawalId: move.id });
  const attempts = [{ status: 'not_executed', error: 'held_back' }];
  expect(await shown(app, move)).toMatchObject({ status: 'approved', attempts });
  expect(await walletPurse(app, wallet, USDT)).toBe('50/40/10/0');
  await app.jobs.hurry('payout.dispatch');
  expect(await shown(app, move)).toMatchObject({ status: 'approved', waitReason: 'wallet_paused', attempts });
});
