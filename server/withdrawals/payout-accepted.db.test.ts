import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import type { PoolWithdrawal } from '#server/mining/index.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { agreed } from '#server/testing/decisions.ts';
import { aMember } from '#server/testing/members.ts';
import {
  approved,
  asked,
  bookings,
  paidOut,
  purse,
  shown,
  submitted,
  whateverMayCome,
} from '#server/testing/withdrawals.ts';

const DAY_MS = 86_400_000;
let app: TestApplication;
beforeAll(async () => {
  // The pool settles when the test says so.
  app = await testApplication({ hashdam: { settleAfterMs: DAY_MS * 400 } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const later = (id: string, column: 'deadline_at' | 'failed_seen_at', ms: number) =>
  app.sql(`update payout_attempts set ${column} = ${column} - make_interval(secs => ?) where withdrawal_id = ?`, [
    ms / 1_000,
    id,
  ]);

describe('scenario 1: a plain payout, the fee on top', () => {
  test('moves 10 from available to held, in flight and payable, and the company bears the fee', async () => {
    const memberId = aMember();
    const wish = { memberId, asset: 'BELLS', amount: '10', funds: '100' };
    const request = await asked(app, wish);
    expect(await purse(app, request)).toBe('90/10/0/0');
    const sent = await submitted(app, { ...wish, amount: '10.5', funds: '0' });
    expect(await purse(app, sent)).toBe('79.5/20.5/10.5/0');
    app.hashdam.control.settle({ reference: sent.reference });
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('completed');
    expect(await purse(app, sent)).toBe('79.5/10/0/10.5');
    const legs = await app.sql<{ code: string; amount: string }>(
      `select code, trim_scale(amount)::text as amount from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
       where t.withdrawal_id = ? and t.kind = 'SETTLE' order by code`,
      [sent.id],
    );
    expect(legs).toEqual([
      { code: 'company', amount: '10.5' },
      { code: 'expense:pool_fee', amount: '0.1' },
      { code: 'pool:hashdam', amount: '-10.6' },
      { code: `user:${memberId}:in_flight`, amount: '10.5' },
      { code: `user:${memberId}:payable`, amount: '-10.5' },
    ]);
  });

  test('is booked once, however often the look-up runs', async () => {
    const sent = await submitted(app);
    app.hashdam.control.settle({ reference: sent.reference });
    const { attempts } = await shown(app, sent);
    const look = () =>
      app.container.sessions.inTransaction(({ jobs }) =>
        jobs.send('payout.look-up', { attemptId: attempts[0]?.id ?? '' }),
      );
    await Promise.all([look(), look(), look()]);
    await app.jobs.hurry('payout.look-up');
    await whateverMayCome(app);
    expect(await bookings(app, sent)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
    expect(paidOut(app, sent)).toHaveLength(1);
  });
});

describe('the look-up', () => {
  test.each(['pending', 'on its merry way'])('keeps asking while the pool says "%s"', async (word) => {
    const sent = await submitted(app);
    app.hashdam.control.settle({ reference: sent.reference, status: word });
    await app.jobs.hurry('payout.look-up');
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('submitted');
    app.hashdam.control.settle({ reference: sent.reference });
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('completed');
  });

  test('keeps asking while the pool cannot be read', async () => {
    const sent = await submitted(app);
    app.hashdam.control.settle({ reference: sent.reference });
    for (const fault of ['status', 'garbage', 'drop_before'] as const) {
      app.hashdam.control.fault({ method: 'assetWithdrawHistory', fault });
      await app.jobs.hurry('payout.look-up');
      expect((await shown(app, sent)).status).toBe('submitted');
    }
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('completed');
  });

  test('begins 2 s after the pool took it, in ever longer steps', async () => {
    const sent = await submitted(app);
    const dueIn = async () => {
      const [job] = await app.sql<{ ms: number }>(
        `select extract(epoch from start_after - now()) * 1000 as ms from pgboss.job
         where name = 'payout.look-up' and state = 'created' and data->>'attemptId' in
           (select id::text from payout_attempts where withdrawal_id = ?)`,
        [sent.id],
      );
      return Number(job?.ms);
    };
    const first = await dueIn();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(2_000);
    await app.jobs.hurry('payout.look-up');
    await app.jobs.hurry('payout.look-up');
    await app.jobs.hurry('payout.look-up');
    expect(await dueIn()).toBeGreaterThan(3_000);
  });

  test('gives up after 24 h without a final word: people look, nothing moves, the name is kept', async () => {
    const sent = await submitted(app);
    const before = await purse(app, sent);
    await later(sent.id, 'deadline_at', DAY_MS - 60_000);
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('submitted');
    await later(sent.id, 'deadline_at', 60_000);
    await app.jobs.hurry('payout.look-up');
    const given = await shown(app, sent);
    expect(given).toMatchObject({
      status: 'manual-review',
      attempts: [{ status: 'unknown', reference: sent.reference, error: 'no_final_word' }],
    });
    await whateverMayCome(app);
    expect(await purse(app, sent)).toBe(before);
    expect(paidOut(app, sent)).toHaveLength(1);
  });
});

describe('scenario 25: the pool says it failed', () => {
  test('once proves nothing; twice 30 s apart fails it and gives the money back', async () => {
    const sent = await submitted(app);
    app.hashdam.control.settle({ reference: sent.reference, status: 'failed' });
    await app.jobs.hurry('payout.look-up');
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('submitted');
    await later(sent.id, 'failed_seen_at', 30_000);
    await app.jobs.hurry('payout.look-up');
    const failed = await shown(app, sent);
    expect(failed).toMatchObject({ status: 'failed', attempts: [{ status: 'not_executed', error: 'failed' }] });
    expect(await purse(app, sent)).toBe('100/0/0/0');
    expect(await bookings(app, sent)).toEqual({ HOLD: 1, DISPATCH: 1, RETURN: 1, RELEASE: 1 });
  });

  test('and then that it is moving, and then again that it failed: the first reading no longer counts', async () => {
    const sent = await submitted(app);
    const say = async (status: string) => {
      app.hashdam.control.settle({ reference: sent.reference, status });
      await app.jobs.hurry('payout.look-up');
    };
    await say('failed');
    await later(sent.id, 'failed_seen_at', 30_000);
    await say('pending');
    await say('canceled');
    expect((await shown(app, sent)).status).toBe('submitted');
    await say('completed');
    expect((await shown(app, sent)).status).toBe('completed');
  });

  test('and a reading that failed in between does not forget what was seen', async () => {
    const sent = await submitted(app);
    app.hashdam.control.settle({ reference: sent.reference, status: 'canceled' });
    await app.jobs.hurry('payout.look-up');
    app.hashdam.control.fault({ method: 'assetWithdrawHistory', fault: 'status' });
    await app.jobs.hurry('payout.look-up');
    await later(sent.id, 'failed_seen_at', 30_000);
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('failed');
  });
});

describe('scenario 15: a name that is not one payment', () => {
  test('used by another attempt of the same coin and amount, it proves nothing: people look', async () => {
    const amount = '0.02345';
    const first = await submitted(app, { amount });
    app.hashdam.control.settle({ reference: first.reference });
    await app.jobs.hurry('payout.look-up');
    const { pool } = app.container.shared;
    const send = pool.requestWithdrawal.bind(pool);
    vi.spyOn(pool, 'requestWithdrawal').mockImplementationOnce(async (order) => {
      const outcome = await send(order);
      return outcome.kind === 'accepted' ? { ...outcome, value: { reference: first.reference } } : outcome;
    });
    const second = await approved(app, { amount });
    await app.jobs.drain('payout.dispatch');
    expect(await shown(app, second)).toMatchObject({
      status: 'manual-review',
      attempts: [{ status: 'unknown', reference: null, error: 'reference_used' }],
    });
    const [evidence] = await app.sql<{ reference: string }>(
      `select body->'value'->>'reference' as reference from payout_evidence e join payout_attempts a on a.id = e.attempt_id
       where a.withdrawal_id = ?`,
      [second.id],
    );
    expect(evidence?.reference).toBe(first.reference);
    await whateverMayCome(app);
    expect(await purse(app, second)).toBe(`99.97655/${amount}/${amount}/0`);
    expect(paidOut(app, second)).toHaveLength(2);
  });

  const row = { fee: '0', address: null, type: 'interUser', status: 'completed' };
  test.each<[string, Partial<PoolWithdrawal>]>([
    ['another amount', { amount: '7.77' }],
    ['another fate', { status: 'failed' }],
    ['a fee that cannot be booked', { fee: '-1' }],
    ['more decimals than there are', { fee: '0.0000000000000000001' }],
  ])('listed a second time with %s, it proves nothing: people look', async (_what, difference) => {
    const sent = await submitted(app);
    app.hashdam.control.settle({ reference: sent.reference });
    const { pool } = app.container.shared;
    const read = pool.readWithdrawals.bind(pool);
    vi.spyOn(pool, 'readWithdrawals').mockImplementation(async (query) => {
      const rows = await read(query);
      return query.reference === sent.reference ? [...rows, ...rows.map((each) => ({ ...each, ...difference }))] : rows;
    });
    await app.jobs.hurry('payout.look-up');
    expect(await shown(app, sent)).toMatchObject({
      status: 'manual-review',
      attempts: [{ status: 'unknown', error: 'history_contradicts' }],
    });
    expect((await purse(app, sent)).endsWith(`/${sent.amount}/0`)).toBe(true);
  });

  test('what contradicted itself and was closed by people is not brought up again, unless it says something else', async () => {
    const sent = await submitted(app);
    app.hashdam.control.settle({ reference: sent.reference });
    const { pool } = app.container.shared;
    const read = pool.readWithdrawals.bind(pool);
    let amount = '7.77';
    let isTurned = false;
    const spy = vi.spyOn(pool, 'readWithdrawals').mockImplementation(async (query) => {
      const rows = await read(query);
      const both = rows.flatMap((each) => (each.reference === sent.reference ? [each, { ...each, amount }] : [each]));
      return isTurned ? both.reverse() : both;
    });
    const told = async () => {
      const text = 'select id, closed_at is null as open from incidents where withdrawal_id = ? order by opened_at';
      const rows = await app.sql<{ id: string; open: boolean }>(text, [sent.id]);
      for (const { id, open } of rows) if (open) await agreed(app, id, { decision: 'close' });
      return rows.map(({ open }) => open);
    };
    await app.jobs.hurry('payout.look-up');
    expect(await told()).toEqual([true]);
    await app.jobs.hurry('payout.look-up');
    isTurned = true;
    await app.jobs.hurry('payout.look-up');
    expect(await told()).toEqual([false]);
    const kept = await app.sql(
      `select 1 from payout_evidence e join payout_attempts a on a.id = e.attempt_id
       where a.withdrawal_id = ? and e.kind = 'history' and e.body->'rawStatus' is not null`,
      [sent.id],
    );
    expect(kept).toHaveLength(2);
    amount = '7.78';
    await app.jobs.hurry('payout.look-up');
    expect(await told()).toEqual([false, true]);
    spy.mockRestore();
  });

  test('listed twice and saying the same, it is believed', async () => {
    const sent = await submitted(app);
    app.hashdam.control.addHistoryRow({
      ...row,
      withdrawId: sent.reference,
      coin: sent.asset,
      amount: sent.amount,
      createAt: Date.now(),
    });
    app.hashdam.control.settle({ reference: sent.reference });
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('completed');
    expect(await bookings(app, sent)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
  });

  test('a row of somebody else moves nothing', async () => {
    const sent = await submitted(app);
    app.hashdam.control.addHistoryRow({
      ...row,
      withdrawId: `other-${newId()}`,
      coin: sent.asset,
      amount: sent.amount,
      createAt: Date.now(),
    });
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('submitted');
  });
});
