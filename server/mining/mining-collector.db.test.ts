import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { collectMining } from '#server/jobs/collect-mining.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { brought, PoolDays } from '#server/testing/pool-days.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
const pool = new PoolDays(() => daysAgo(0));
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false, replace: { pool } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});
beforeEach(() => {
  pool.days.clear();
  pool.asked.length = 0;
  pool.stock = [];
  pool.refused.clear();
  pool.silent = false;
});

const collect = (range: { from?: string; to?: string } = {}) => collectMining(app.jobs.context, range);
const booked = async (asset: string, day: string) =>
  (
    await app.sql<{ amount: string }>(
      `select trim_scale(e.amount)::text as amount from ledger_transactions t
       join ledger_entries e on e.transaction_id = t.id and e.code = 'pool:hashdam'
       where t.kind = 'COLLECT' and t.asset = ? and t.reference = ? order by t.revision`,
      [asset, day],
    )
  ).map(({ amount }) => amount);
const kept = (asset: string, day: string) =>
  app.sql<{ amount: string }>(
    `select trim_scale(amount)::text as amount from mining_balances where kind = 'profit' and asset = ? and day = ?::date`,
    [asset, day],
  );
const everything = async () =>
  Promise.all(
    [
      'mining_balances',
      'ledger_entries',
      'ledger_transactions',
      'assets',
      'audit_events',
      'pool_projects',
      'pool_hash_rates',
    ].map((table) => app.sql(`select t::text from ${table} t order by 1`)),
  );

describe('collecting what the pool brought', () => {
  test('keeps and books each closed day, once however often it runs', async () => {
    const day = daysAgo(3);
    pool.days.set(day, [brought('LTC', '0.42'), brought('DOGE', '1480.50')]);
    for (let run = 0; run < 3; run += 1) await collect({ from: day, to: day });
    expect([await booked('LTC', day), await booked('DOGE', day)]).toEqual([['0.42'], ['1480.5']]);
    expect(await kept('DOGE', day)).toEqual([{ amount: '1480.5' }]);
  });

  test('books a restated day as the difference', async () => {
    const day = daysAgo(4);
    for (const total of ['1', '1.25', '0.75']) {
      pool.days.set(day, [brought('PEP', total)]);
      await collect({ from: day, to: day });
    }
    expect(await booked('PEP', day)).toEqual(['1', '0.25', '-0.5']);
    expect(await kept('PEP', day)).toEqual([{ amount: '0.75' }]);
  });

  test('learns a coin nobody knew, disabled, and books it', async () => {
    const day = daysAgo(5);
    pool.days.set(day, [brought('NEWCOIN', '7')]);
    pool.stock = [brought('OTHERCOIN', '3')];
    await collect({ from: day, to: day });
    expect(await booked('NEWCOIN', day)).toEqual(['7']);
    const learnt = await app.sql(`select asset, chain, enabled from assets where asset like '%COIN' order by asset`);
    expect(learnt).toEqual([
      { asset: 'NEWCOIN', chain: 'hashdam', enabled: false },
      { asset: 'OTHERCOIN', chain: 'hashdam', enabled: false },
    ]);
    const { caller } = await app.withKey('credit');
    const credit = { memberId: 'm', asset: 'NEWCOIN', amount: '1', reference: 'r', idempotencyKey: 'k' };
    await expect(caller.ledger.credit(credit)).rejects.toThrow(/NEWCOIN/);
  });

  test('leaves a coin alone that was enabled meanwhile', async () => {
    const day = daysAgo(5);
    await app.sql(`update assets set enabled = true where asset = 'NEWCOIN'`);
    pool.days.set(day, [brought('NEWCOIN', '7')]);
    await collect({ from: day, to: day });
    expect(await app.sql(`select enabled from assets where asset = 'NEWCOIN'`)).toEqual([{ enabled: true }]);
  });
});

describe('nothing is half written', () => {
  test('when the pool goes away in the middle of a run', async () => {
    const day = daysAgo(6);
    pool.days.set(day, [brought('LTC', '9')]);
    pool.down = true;
    const before = await everything();
    await expect(collect({ from: day, to: day })).rejects.toThrow('the pool is down');
    expect(await everything()).toEqual(before);
    pool.down = false;
    await collect({ from: day, to: day });
    expect(await booked('LTC', day)).toEqual(['9']);
  });

  test.each([
    ['more decimals than the books have', '0.1234567890123456789'],
    ['more than any column holds', '1'.repeat(30)],
    ['a word', 'NaN'],
  ])('when one coin of one day is %s', async (_what, total) => {
    const day = daysAgo(7);
    pool.days.set(day, [brought('LTC', '9'), brought('JKC', total)]);
    const before = await everything();
    await expect(collect({ from: day, to: day })).rejects.toThrow();
    expect(await everything()).toEqual(before);
  });
});

describe('the days of a run', () => {
  test('are the ones asked for, both ends included', async () => {
    await collect({ from: daysAgo(9), to: daysAgo(7) });
    expect(pool.asked).toEqual([daysAgo(9), daysAgo(8), daysAgo(7)]);
  });

  test('end with the last closed one, whatever is asked for', async () => {
    await collect({ from: daysAgo(2), to: daysAgo(-3) });
    expect(pool.asked).toEqual([daysAgo(2), daysAgo(1)]);
  });

  test('are none when they lie in the future, and the levels are read all the same', async () => {
    await collect({ from: daysAgo(-1), to: daysAgo(-2) });
    expect(pool.asked).toEqual([]);
  });

  test('are at most a month', async () => {
    await collect({ from: '2020-01-01' });
    expect([pool.asked.length, pool.asked[0]]).toEqual([31, '2020-01-01']);
  });

  test('are those not kept yet of a week, and the last one kept, when nothing is said', async () => {
    pool.days.set(daysAgo(2), [brought('LTC', '1')]);
    await collect({ from: daysAgo(2), to: daysAgo(2) });
    pool.asked.length = 0;
    await collect();
    expect(pool.asked).toEqual([daysAgo(7), daysAgo(2), daysAgo(1)]);
  });
});

describe('what the pool does not give', () => {
  const lastKept = async () => {
    const [row] = await app.sql<{ after: object }>(
      `select after from audit_events where action = 'mining.collected' order by id desc limit 1`,
    );
    return row?.after;
  };
  const project = () => app.sql(`select account from pool_projects where read_at > now() - interval '5 seconds'`);

  test('is a day that was not read, and is asked for again: the account, the balances and the other days are kept', async () => {
    const [from, to] = [daysAgo(14), daysAgo(12)];
    for (const days of [14, 13, 12]) pool.days.set(daysAgo(days), [brought('LTC', `0.${days}`)]);
    pool.stock = [brought('LTC', '77')];
    pool.refused.add(daysAgo(13));
    await app.sql(`update pool_projects set read_at = now() - interval '1 hour'`);
    await collect({ from, to });
    expect([await booked('LTC', from), await booked('LTC', to)]).toEqual([['0.14'], ['0.12']]);
    expect(await kept('LTC', daysAgo(13))).toEqual([]);
    expect(await lastKept()).toMatchObject({ days: [from, to], notRead: [daysAgo(13)] });
    expect(await project()).toEqual([{ account: 'treasury@platform.example' }]);
    pool.refused.clear();
    await collect();
    expect(await booked('LTC', daysAgo(13))).toEqual(['0.13']);
  });

  test('is everything but the account when it answers for nothing else: it is not asked on and on', async () => {
    pool.silent = true;
    await app.sql(`update pool_projects set read_at = now() - interval '1 hour'`);
    await collect();
    expect(pool.asked).toEqual([]);
    expect(await lastKept()).toMatchObject({ days: [], notRead: ['hash_balance', 'hash_rate', 'asset_balances'] });
    expect(await project()).toEqual([{ account: 'treasury@platform.example' }]);
  });
});

describe('people hear of a day that the pool refuses', () => {
  const told = (day: string) =>
    app.sql<{ acknowledged: boolean; by: string | null; severity: string }>(
      `select n.acknowledged_at is not null as acknowledged, n.acknowledged_by as by, n.severity
       from notification_events e join notifications n using (id)
       where e.type = 'mining.day_refused' and e.subject_id = ? order by e.seq`,
      [day],
    );

  test('once, however often it is asked, until the day is read: then by itself nobody need look at it', async () => {
    const day = daysAgo(20);
    pool.days.set(day, [brought('LTC', '2')]);
    pool.refused.add(day);
    for (let run = 0; run < 3; run += 1) await collect({ from: day, to: day });
    expect(await told(day)).toEqual([{ acknowledged: false, by: null, severity: 'warning' }]);
    const { caller } = await app.signedInAs('finance');
    const listed = async (view: 'open' | 'all') =>
      (await caller.notifications.list({ filter: { view }, cursor: null, limit: 100 })).rows.find(
        ({ type, subject }) => type === 'mining.day_refused' && subject.id === day,
      );
    expect(await listed('open')).toMatchObject({ acknowledged: null, subject: { type: 'mining', id: day } });
    pool.refused.clear();
    await collect({ from: day, to: day });
    expect(await listed('open')).toBeUndefined();
    expect(await listed('all')).toMatchObject({ acknowledged: { by: null } });
  });

  test('not of one that was read before, nor when the pool did not answer', async () => {
    const day = daysAgo(21);
    pool.days.set(day, [brought('LTC', '2')]);
    await collect({ from: day, to: day });
    pool.refused.add(day);
    await collect({ from: day, to: day });
    pool.silent = true;
    await collect({ from: daysAgo(23), to: daysAgo(23) });
    expect([await told(day), await told(daysAgo(23))]).toEqual([[], []]);
  });

  test('an hour after it has ended: until then the pool may not have it yet', async () => {
    const day = daysAgo(1);
    pool.refused.add(day);
    await app.sql(`delete from mining_balances where kind = 'profit' and day = ?::date`, [day]);
    const collectAt = async (time: string) => {
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${daysAgo(0)}T${time}:00.000Z`) });
      await collect({ from: day, to: day });
      vi.useRealTimers();
    };
    await collectAt('00:50');
    expect(await told(day)).toEqual([]);
    await collectAt('01:00');
    expect(await told(day)).toHaveLength(1);
  });

  test('not again once somebody has acknowledged it', async () => {
    const day = daysAgo(24);
    pool.refused.add(day);
    await collect({ from: day, to: day });
    await app.sql(
      `update notifications set acknowledged_at = now(), acknowledged_by = (select id from operators limit 1)
       where id = (select id from notification_events where type = 'mining.day_refused' and subject_id = ?)`,
      [day],
    );
    await collect({ from: day, to: day });
    expect(await told(day)).toHaveLength(1);
  });
});

test('an ordered run is audited and queued in one commit', async () => {
  const admin = await app.signedInAs('admin');
  const { jobId } = await admin.caller.mining.collect({ from: daysAgo(1) });
  const rows = await app.sql(`select after from audit_events where action = 'mining.collect_ordered'`);
  expect(rows).toEqual([{ after: { from: daysAgo(1), to: null, jobId } }]);
  expect(await app.jobs.drain('mining.collect')).toBe(1);
});
