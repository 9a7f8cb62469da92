import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { explainAll, listed, sweep } from '#server/testing/unknown-payouts.ts';
import { aFundedWallet, sentMove, timePasses } from '#server/testing/wallet-payouts.ts';
import { operatorOf, refusal, shown, submitted } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

interface Seen {
  readonly asset: string;
  readonly reference?: string;
  readonly withdrawalId?: string;
  readonly daysAgo?: number;
}

/** A difference as a run would keep it; resolves to what could explain it. */
async function candidatesOf({ asset, reference, withdrawalId, daysAgo = 0 }: Seen) {
  const [id, runId] = [newId(), newId()];
  await app.sql(
    `insert into reconciliation_runs (id, from_day, to_day, status, requested_by, started_at, ended_at, listed_rows, seen, found)
     values (?, current_date, current_date, 'completed', 'worker', now(), now(), 1, 1, 1)`,
    [runId],
  );
  await app.sql(
    `insert into reconciliation_differences
       (id, kind, subject, asset, day, reference, attempt_id, found_in, seen_in, found_at, seen_at)
     select ?, 'missing', ?, ?, (now() at time zone 'UTC')::date - ?::int, ?::text,
       (select a.id from payout_attempts a where a.withdrawal_id = ?::uuid), ?, ?, now(), now()`,
    [id, id, asset, daysAgo, reference ?? null, withdrawalId ?? null, runId, runId],
  );
  const { caller } = await operatorOf(app);
  return caller.reconciliation.candidates({ id });
}

describe('a payment at the pool', () => {
  test('shows its own row, and rows that could be it: neither older ones nor what is somebody’s', async () => {
    const old = listed(app, { coin: 'LTC', amount: '0.75' });
    const other = await submitted(app, { asset: 'LTC', amount: '0.75' });
    const paid = await submitted(app, { asset: 'LTC', amount: '0.75' });
    const byHand = listed(app, { coin: 'LTC', amount: '0.75' });
    await sweep(app, 'LTC');
    await explainAll(app, 'registered');
    const free = listed(app, { coin: 'LTC', amount: '0.750' });
    listed(app, { coin: 'LTC', amount: '0.76' });
    await sweep(app, 'LTC');
    const { listed: found, receipts } = await candidatesOf({ asset: 'LTC', withdrawalId: paid.id });
    const rows = found?.rows.map(({ reference, isOwn }) => [reference, isOwn]).toSorted();
    expect(rows).toEqual(
      [
        [paid.reference, true],
        [free, false],
      ].toSorted(),
    );
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${old}|${byHand}|${other.reference}`));
    expect([found?.readAt, receipts]).toEqual([expect.any(String), null]);
  });

  test('of a day that was not read says so', async () => {
    expect((await candidatesOf({ asset: 'LTC', reference: 'R1', daysAgo: 300 })).listed).toEqual({
      readAt: null,
      rows: [],
    });
  });
});

test('a row that is nobody’s is shown as it is listed, until somebody has said what it is', async () => {
  await sweep(app, 'DOGE');
  const reference = listed(app, { coin: 'DOGE', amount: '12', fee: '0.5' });
  await sweep(app, 'DOGE');
  const difference = { asset: 'DOGE', reference };
  expect((await candidatesOf(difference)).listed?.rows).toMatchObject([
    { reference, amount: '12', fee: '0.5', status: 'completed', isOwn: false },
  ]);
  await explainAll(app);
  expect((await candidatesOf(difference)).listed?.rows).toEqual([]);
});

test('a payment out of a wallet shows what the chain showed of that wallet and coin, not what is another payment’s', async () => {
  const wallet = await aFundedWallet(app, { bnb: '1', usdt: '50' });
  const moves = [];
  for (const amount of ['10', '11']) {
    const move = await sentMove(app, wallet, { amount });
    app.mblock.control.settle();
    for (let twice = 0; twice < 2; twice += 1) {
      await app.jobs.hurry('payout.look-up');
      await timePasses(app, 10);
    }
    expect((await shown(app, move)).status).toBe('completed');
    moves.push(move);
  }
  const [first] = moves;
  const { listed: found, receipts } = await candidatesOf({ asset: 'LTC', withdrawalId: first?.id ?? '' });
  expect(found).toBeNull();
  expect(receipts).toMatchObject([{ amount: '10', from: wallet.address, isOwn: true }]);
});

test('a day that does not add up is about no single row; what is not there is said', async () => {
  expect(await candidatesOf({ asset: 'LTC' })).toEqual({ listed: null, receipts: null });
  const { caller } = await operatorOf(app);
  expect(await refusal(caller.reconciliation.candidates({ id: newId() }))).toBe('difference.not_found');
});
