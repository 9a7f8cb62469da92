import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { explainAll, listed, look, lostPayout } from '#server/testing/unknown-payouts.ts';
import type { Asked } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

const proofsOf = ({ id }: Asked) =>
  app.container.sessions.withoutTransaction(async ({ paying, poolProofs }) => {
    const [attempt] = await paying.withdrawals.attempts(id);
    if (!attempt) throw new Error('there is no attempt');
    return poolProofs.of(attempt);
  });

async function dayIsOver(asset: string, change: string): Promise<void> {
  const [last] = await app.sql<{ amount: string }>(
    `select amount::text from mining_balances where kind = 'asset' and asset = ? order by day desc limit 1`,
    [asset],
  );
  const mined = Amount.fromDecimal(asset, '0.5');
  const amount = Amount.fromDecimal(asset, last?.amount ?? '0')
    .plus(mined)
    .plus(Amount.fromDecimal(asset, change));
  for (const [kind, figure] of [
    ['profit', mined],
    ['asset', amount],
  ] as const) {
    await app.sql(
      `insert into mining_balances (id, owner_type, owner_id, kind, asset, day, amount, read_at)
       values (?, 'project', 'hashdam', ?, ?, (now() at time zone 'utc')::date, ?, now())
       on conflict (owner_type, owner_id, kind, asset, day) do update set amount = excluded.amount`,
      [newId(), kind, asset, figure.toString()],
    );
  }
}

describe('what the pool shows of a payout that may not have run', () => {
  test('each complete look counts, and says whether a row could be it', async () => {
    const request = await lostPayout(app);
    await look(app);
    app.hashdam.control.fault({ method: 'assetWithdrawHistory', fault: 'status' });
    await look(app);
    await look(app);
    expect((await proofsOf(request)).reads.map(({ fits }) => fits)).toEqual([false, false]);
    listed(app, { coin: 'LTC', amount: request.amount, createAt: Date.now() + 3_600_000 });
    await look(app);
    expect((await proofsOf(request)).reads.map(({ fits }) => fits)).toEqual([false, false, true]);
    await explainAll(app);
    expect((await proofsOf(request)).reads.map(({ fits }) => fits)).toEqual([false, false, false]);
  });

  test('the day adds up without it, or it does not, or a figure is missing', async () => {
    const request = await lostPayout(app, { asset: 'DOGE' });
    expect((await proofsOf(request)).snapshots).toEqual([]);
    await dayIsOver('DOGE', '0');
    expect((await proofsOf(request)).snapshots.map(({ closes }) => closes)).toEqual([true]);
    await dayIsOver('DOGE', `-${request.amount}`);
    expect((await proofsOf(request)).snapshots.map(({ closes }) => closes)).toEqual([false]);
    await app.sql(
      `delete from mining_balances where kind = 'profit' and asset = 'DOGE' and day = (now() at time zone 'utc')::date`,
    );
    expect((await proofsOf(request)).snapshots.map(({ closes }) => closes)).toEqual([false]);
  });
});
