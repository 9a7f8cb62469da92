import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  approved,
  asked,
  bookings,
  nextTryMs,
  operatorOf,
  paidOut,
  purse,
  shown,
} from '#server/testing/withdrawals.ts';

let live: TestApplication;
beforeAll(async () => {
  live = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(live);
  await live.close();
});

const METHOD = 'assetWithdrawRequest';
const refusal = (message: string) => live.hashdam.control.fault({ method: METHOD, fault: 'rejected', message });
describe('what provably did not run', () => {
  test('a final refusal of the list fails it at once and gives the money back', async () => {
    const request = await approved(live);
    refusal('Not found or Unsupported coin symbol');
    await live.jobs.drain('payout.dispatch');
    expect(await shown(live, request)).toMatchObject({
      status: 'failed',
      attempts: [{ status: 'not_executed', error: 'coin_not_supported' }],
    });
    expect(await purse(live, request)).toBe('100/0/0/0');
    expect(await bookings(live, request)).toEqual({ HOLD: 1, DISPATCH: 1, RETURN: 1, RELEASE: 1 });
    expect(paidOut(live, request)).toHaveLength(0);
  });

  test('429 and a list without it: another try, after a minute at least', async () => {
    const request = await approved(live);
    live.hashdam.control.fault({ method: METHOD, fault: 'rate_limited', retryAfter: '7' });
    await live.jobs.drain('payout.dispatch');
    expect((await shown(live, request)).status).toBe('retrying');
    expect(await nextTryMs(live, request)).toBeGreaterThanOrEqual(59_900);
    await live.jobs.hurry('payout.dispatch');
    expect((await shown(live, request)).status).toBe('submitted');
    expect(paidOut(live, request)).toHaveLength(1);
  });

  test('429 and a list with a row of its amount that was there before: another try as well', async () => {
    const request = await approved(live);
    live.hashdam.control.addHistoryRow({
      ...{ withdrawId: 'OLD-1', coin: 'LTC', amount: request.amount, fee: '0', address: null, type: 'interUser' },
      ...{ status: 'completed', createAt: Date.now() },
    });
    await live.sql('delete from pool_history_reads');
    live.hashdam.control.fault({ method: METHOD, fault: 'rate_limited' });
    await live.jobs.drain('payout.dispatch');
    expect((await shown(live, request)).status).toBe('retrying');
  });

  test('a job that comes twice does not make the wait shorter', async () => {
    const request = await approved(live);
    live.hashdam.control.fault({ method: METHOD, fault: 'rate_limited' });
    await live.jobs.drain('payout.dispatch');
    await live.container.sessions.inTransaction(({ jobs }) =>
      jobs.send('payout.dispatch', { withdrawalId: request.id }),
    );
    expect(await live.jobs.drain('payout.dispatch')).toBe(1);
    expect(await shown(live, request)).toMatchObject({ status: 'retrying', attempts: [{ no: 1 }] });
    await live.jobs.hurry('payout.dispatch');
    expect((await shown(live, request)).status).toBe('submitted');
  });

  test('tries are made for 15 minutes from the first one; time spent waiting before it does not count', async () => {
    const request = await approved(live);
    await live.sql(`update withdrawals set approved_at = approved_at - interval '3 hours' where id = ?`, [request.id]);
    live.hashdam.control.fault({ method: METHOD, fault: 'rate_limited', times: 2 });
    await live.jobs.drain('payout.dispatch');
    expect((await shown(live, request)).status).toBe('retrying');
    await live.sql('alter table payout_attempts disable trigger payout_attempts_frozen');
    await live.sql(`update payout_attempts set fenced_at = fenced_at - interval '15 minutes' where withdrawal_id = ?`, [
      request.id,
    ]);
    await live.jobs.hurry('payout.dispatch');
    expect((await shown(live, request)).status).toBe('failed');
    expect(await purse(live, request)).toBe('100/0/0/0');
  });

  test('while it waits for another try it may be rejected, and then no try is made', async () => {
    const request = await approved(live);
    live.hashdam.control.fault({ method: METHOD, fault: 'rate_limited' });
    await live.jobs.drain('payout.dispatch');
    const { caller } = await operatorOf(live, 'admin');
    await caller.withdrawals.reject({ id: request.id, reason: 'not any more' });
    await live.jobs.hurry('payout.dispatch');
    expect(await shown(live, request)).toMatchObject({ status: 'rejected', attempts: [{ no: 1 }] });
    expect(await purse(live, request)).toBe('100/0/0/0');
    expect(paidOut(live, request)).toHaveLength(0);
  });
});

describe('scenario 21: the key is not valid', () => {
  test('the first one pauses the pool, the others make no attempt, and all are paid once it has been mended', async () => {
    const requests = await Promise.all(Array.from({ length: 5 }, () => approved(live)));
    refusal('Invalid API Key');
    await live.jobs.drain('payout.dispatch');
    const seen = await Promise.all(requests.map((request) => shown(live, request)));
    expect(seen.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'approved'));
    expect(seen.map(({ waitReason, attempts }) => [waitReason, attempts.length]).sort()).toEqual([
      ['configuration', 1],
      ...Array.from({ length: 4 }, () => ['provider_paused', 0]),
    ]);
    const { caller } = await operatorOf(live, 'admin');
    const { providers } = await caller.system.status({});
    expect(providers.find(({ provider }) => provider === 'hashdam')).toMatchObject({ reason: 'api_key_invalid' });

    for (let waits = 0; waits < 6; waits += 1) await live.jobs.hurry('payout.dispatch');
    await caller.system.resumeProvider({ provider: 'hashdam', reason: 'the new key is in' });
    await live.jobs.hurry('payout.dispatch');
    for (const request of requests) {
      expect(paidOut(live, request)).toHaveLength(1);
      expect((await shown(live, request)).status).toBe('submitted');
    }
    const burned = await live.sql(
      `select count(*)::int as attempts from payout_attempts where error = 'api_key_invalid' and counted`,
    );
    expect(burned).toEqual([{ attempts: 0 }]);
  });

  test('one that waits may be rejected meanwhile', async () => {
    const request = await approved(live);
    refusal('No API Permission');
    await live.jobs.drain('payout.dispatch');
    expect((await shown(live, request)).allowed.reject).toBe(true);
    const { caller } = await operatorOf(live, 'admin');
    await caller.withdrawals.reject({ id: request.id, reason: 'no longer wanted' });
    await caller.system.resumeProvider({ provider: 'hashdam', reason: 'the permission is back' });
    await live.jobs.hurry('payout.dispatch');
    expect(await shown(live, request)).toMatchObject({ status: 'rejected', waitReason: null });
    expect(await bookings(live, request)).toEqual({ HOLD: 1, DISPATCH: 1, RETURN: 1, RELEASE: 1 });
  });
});

describe('scenario 13: two payouts that the pool could not tell apart', () => {
  test('the second waits for the name of the first, and can be rejected or cancelled meanwhile', async () => {
    const amount = '0.0777';
    const first = await approved(live, { amount });
    live.hashdam.control.fault({ method: METHOD, fault: 'drop_after' });
    await live.jobs.drain('payout.dispatch');
    expect((await shown(live, first)).status).toBe('manual-review');
    const [second, third] = [await approved(live, { amount }), await approved(live, { amount })];
    await live.jobs.drain('payout.dispatch');
    expect(await shown(live, second)).toMatchObject({ status: 'approved', waitReason: 'same_amount', attempts: [] });
    expect((await purse(live, second)).split('/')[2]).toBe('0');

    const { caller } = await operatorOf(live, 'admin');
    await caller.withdrawals.reject({ id: third.id, reason: 'meanwhile' });
    expect(await purse(live, third)).toBe('100/0/0/0');
    await live.jobs.hurry('payout.dispatch');
    expect(await shown(live, second)).toMatchObject({ status: 'approved', waitReason: 'same_amount', attempts: [] });

    // What binding will do later: the first payment gets its name.
    await live.sql(`update payout_attempts set reference = 'learned-later' where withdrawal_id = ?`, [first.id]);
    await live.jobs.hurry('payout.dispatch');
    expect((await shown(live, second)).status).toBe('submitted');
    expect(paidOut(live, second)).toHaveLength(2);
  });

  test('another amount, and another coin of that amount, do not wait', async () => {
    const unknown = await approved(live, { amount: '0.0888' });
    live.hashdam.control.fault({ method: METHOD, fault: 'drop_after' });
    await live.jobs.drain('payout.dispatch');
    expect((await shown(live, unknown)).status).toBe('manual-review');
    const others = [
      await approved(live, { amount: '0.0889' }),
      await approved(live, { amount: '0.0888', asset: 'PEP' }),
    ];
    await live.jobs.drain('payout.dispatch');
    for (const other of others) expect((await shown(live, other)).status).toBe('submitted');
  });
});

test('nothing is sent for what was not approved', async () => {
  const request = await asked(live);
  await live.container.sessions.inTransaction(({ jobs }) => jobs.send('payout.dispatch', { withdrawalId: request.id }));
  await live.jobs.drain('payout.dispatch');
  expect(await shown(live, request)).toMatchObject({ status: 'pending', attempts: [] });
  expect(paidOut(live, request)).toHaveLength(0);
});
