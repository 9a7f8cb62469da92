import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { aFundedWallet, sentMove } from '#server/testing/wallet-payouts.ts';
import { approved, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

/** In so many seconds each of them looks again, longest first. */
async function waits(moves: readonly { id: string }[]): Promise<number[]> {
  const rows = await app.sql<{ seconds: number }>(
    `select round(extract(epoch from next_attempt_at - updated_at))::int as seconds from withdrawals
     where id = any(string_to_array(?, ',')::uuid[]) order by 1 desc`,
    [moves.map(({ id }) => id).join()],
  );
  return rows.map(({ seconds }) => seconds);
}

const livingJobs = ({ id }: { id: string }) =>
  app.sql(
    `select 1 from pgboss.job where name = 'payout.dispatch' and state < 'completed' and data->>'withdrawalId' = ?`,
    [id],
  );

test('who waits for the same wallet shares the looks, and asks the provider for nothing', async () => {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  app.mblock.control.fault({ method: 'transferByWalletKey', fault: 'drop_after' });
  expect((await shown(app, await sentMove(app, wallet, { amount: '7.5' }))).status).toBe('manual-review');
  const balances = vi.spyOn(app.container.shared.walletProvider, 'readBalance');
  const waiting = [];
  for (let no = 0; no < 3; no += 1) waiting.push(await sentMove(app, wallet, { amount: '1' }));
  await app.jobs.hurry('payout.dispatch');
  expect(await waits(waiting)).toEqual([15, 15, 15]);
  expect(balances).not.toHaveBeenCalled();
  balances.mockRestore();
});

test('who waits alone for an amount looks every five seconds', async () => {
  app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'drop_after' });
  await approved(app, { amount: '0.0777' });
  await app.jobs.drain('payout.dispatch');
  const second = await approved(app, { amount: '0.0777' });
  await app.jobs.drain('payout.dispatch');
  expect(await shown(app, second)).toMatchObject({ status: 'approved', waitReason: 'same_amount' });
  expect(await waits([second])).toEqual([5]);
});

test('jobs that came twice do not go on side by side for ever', async () => {
  app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'rate_limited' });
  const request = await approved(app);
  await app.jobs.drain('payout.dispatch');
  await app.container.sessions.inTransaction(async ({ jobs }) => {
    for (let no = 0; no < 3; no += 1) await jobs.send('payout.dispatch', { withdrawalId: request.id });
  });
  await app.jobs.drain('payout.dispatch');
  expect(await shown(app, request)).toMatchObject({ status: 'retrying', attempts: [{ no: 1 }] });
  expect(await livingJobs(request)).toHaveLength(1);
});
