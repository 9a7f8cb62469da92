import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { listedAtPool, payments, settledBefore } from '#server/testing/reconciliation-days.ts';
import { tampered } from '#server/testing/tampering.ts';
import { operatorOf, shown, submitted, unknown } from '#server/testing/withdrawals.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ hashdam: { settleAfterMs: DAY_MS * 400 } });
});
afterAll(() => app.close());

const finance = async () => (await operatorOf(app)).caller.reconciliation;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** What a run of one day saw; today's too, by a clock that is a day ahead. */
async function compared(day: string) {
  app.clock.pass(DAY_MS);
  const { runId } = await (await finance()).run({ from: day, to: day });
  app.clock.pass(-DAY_MS);
  await app.jobs.drain('reconciliation.run');
  const { rows } = await (await finance()).differences({ filter: { runId } });
  return rows.map(({ kind, expected, observed }) => [kind, expected, observed]);
}

const balanceOf =
  (asset: string) =>
  (kind: string, of: string, amount: string): Promise<unknown> =>
    app.sql(
      `insert into mining_balances (id, owner_type, owner_id, kind, asset, day, amount, read_at)
     values (?, 'project', 'hashdam', ?, ?, ?, ?, now())
     on conflict (owner_type, owner_id, kind, asset, day) do update set amount = excluded.amount`,
      [newId(), kind, asset, of, amount],
    );
const balance = balanceOf('SHIC');

describe('a pool that takes its fee out of what it pays', () => {
  const feeModes = () => app.sql(`select asset, mode from pool_fee_modes where asset = 'SHIC'`);
  const told = () =>
    app.sql(
      `select kind, trim_scale(amount)::text as amount, detail->>'feeMode' as mode from incidents where subject like 'fees SHIC %'`,
    );

  test('is seen on the first day that adds up that way alone: what was booked on top is a difference with its figure', async () => {
    const madeAtMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - 5 * DAY_MS + HOUR_MS;
    const paid = payments(1, 1).map((each) => ({ ...each, asset: 'SHIC', amount: '5', madeAtMs }));
    await settledBefore(app, paid);
    for (const payment of paid) listedAtPool(app, payment);
    const day = dayOf(madeAtMs);
    await balance('asset', dayOf(madeAtMs - DAY_MS), '100');
    await balance('profit', day, '2');
    await balance('asset', day, '97');
    expect(await compared(day)).toEqual([['equation', '96.9', '97']]);
    expect(await feeModes()).toEqual([{ asset: 'SHIC', mode: 'inside' }]);
    const incident = [{ kind: 'history_contradicts', amount: '0.1', mode: 'inside' }];
    expect(await told()).toEqual(incident);
    await compared(day);
    expect(await told()).toEqual(incident);
    const audited = await app.sql(
      `select before, after->>'mode' as mode from audit_events where action = 'asset.fee_mode_learned' and subject_id = 'SHIC'`,
    );
    expect(audited).toEqual([{ before: { mode: null }, mode: 'inside' }]);
  });

  test('is booked so from then on, and a day of it adds up', async () => {
    const done = await submitted(app, { asset: 'SHIC', amount: '60' });
    app.hashdam.control.settle({ reference: done.reference });
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, done)).status).toBe('completed');
    const entries = await app.sql(
      `select code, trim_scale(e.amount)::text as amount from ledger_transactions t
       join ledger_entries e on e.transaction_id = t.id
       where t.kind = 'SETTLE' and t.withdrawal_id = ? and code not like 'user:%' order by code`,
      [done.id],
    );
    expect(entries).toEqual([
      { code: 'company', amount: '10' },
      { code: 'expense:pool_fee', amount: '50' },
      { code: 'pool:hashdam', amount: '-60' },
    ]);
    const today = dayOf(Date.now());
    await balance('asset', dayOf(Date.now() - DAY_MS), '100');
    await balance('profit', today, '2');
    await balance('asset', today, '42');
    expect(await compared(today)).toEqual([]);
    await balance('asset', today, '-8');
    expect(await compared(today)).toEqual([['equation', '42', '-8']]);
    expect(await feeModes()).toEqual([{ asset: 'SHIC', mode: 'on_top' }]);
  });

  test('is learned from no day on which a payment may have left without being listed: fees of as much would look like it', async () => {
    await balance('asset', dayOf(Date.now()), '42');
    await app.sql(`update mining_balances set available = 1000 where asset = 'SHIC'`);
    await unknown(app, { asset: 'SHIC', amount: '7' });
    expect(await app.sql(`select 1 from payout_attempts where asset = 'SHIC' and status = 'unknown'`)).toHaveLength(1);
    await compared(dayOf(Date.now()));
    expect(await feeModes()).toEqual([{ asset: 'SHIC', mode: 'on_top' }]);
  });
});

test('a day that adds up only later is told of as well, and once', async () => {
  const madeAtMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - 7 * DAY_MS + HOUR_MS;
  const [paid] = payments(1, 1).map((each) => ({ ...each, asset: 'LKY', amount: '5', reference: 'WL', madeAtMs }));
  if (!paid) throw new Error('no payment');
  await settledBefore(app, [paid]);
  listedAtPool(app, paid);
  const day = dayOf(madeAtMs);
  const balance = balanceOf('LKY');
  const told = () =>
    app.sql(`select closed_at is null as open from incidents where subject = ? order by opened_at`, [
      `fees LKY ${day}`,
    ]);
  await balance('asset', dayOf(madeAtMs - DAY_MS), '100');
  await balance('profit', day, '2');
  await balance('asset', day, '90');
  expect(await compared(day)).toEqual([['equation', '96.9', '90']]);
  expect(await told()).toEqual([]);
  await balance('asset', day, '97');
  expect(await compared(day)).toEqual([['equation', '96.9', '97']]);
  expect(await told()).toEqual([{ open: true }]);
  await app.sql(`update incidents set closed_at = now(), closed_by = 'two people', resolution = 'close', note = 'seen'
    where subject = 'fees LKY ${day}'`);
  await compared(day);
  expect(await told()).toEqual([{ open: false }]);
});

test('of a day that people have put right already, only what has come since is told', async () => {
  const madeAtMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - 11 * DAY_MS + HOUR_MS;
  const day = dayOf(madeAtMs);
  const balance = balanceOf('BELLS');
  const pay = async (reference: string, amount: string) => {
    const [paid] = payments(1, 1).map((each) => ({ ...each, asset: 'BELLS', amount, reference, madeAtMs }));
    if (!paid) throw new Error('no payment');
    await settledBefore(app, [paid]);
    listedAtPool(app, paid);
  };
  const told = () =>
    app.sql<{ id: string; amount: string; open: boolean }>(
      `select id, trim_scale(amount)::text as amount, closed_at is null as open from incidents where subject = ?
       order by opened_at`,
      [`fees BELLS ${day}`],
    );
  await pay('WB1', '5');
  await balance('asset', dayOf(madeAtMs - DAY_MS), '100');
  await balance('profit', day, '2');
  await balance('asset', day, '97');
  await compared(day);
  const [first] = await told();
  if (!first) throw new Error('nobody was told');
  for (const name of ['first', 'second']) {
    const { caller } = await operatorOf(app, 'admin', name);
    await caller.ledger.adjust({
      ...{ asset: 'BELLS', amount: '0.1', incidentId: first.id, note: 'the fee was taken out of the payment' },
      debit: { of: 'company', account: 'pool:hashdam' },
      credit: { of: 'company', account: 'company' },
    });
  }
  expect(await compared(day)).toEqual([]);
  for (const name of ['first', 'second']) {
    const { caller } = await operatorOf(app, 'finance', name);
    await caller.incidents.decide({ id: first.id, decision: 'close', note: `put right, says ${name}` });
  }
  await compared(day);
  expect(await told()).toEqual([{ id: first.id, amount: '0.1', open: false }]);
  await pay('WB2', '6');
  await pay('WB3', '7');
  await balance('asset', day, '84');
  expect(await compared(day)).toEqual([['equation', '83.8', '84']]);
  expect(await told()).toMatchObject([
    { amount: '0.1', open: false },
    { amount: '0.2', open: true },
  ]);
});

test('a payment by hand that people registered is corrected with its day', async () => {
  const madeAtMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - 9 * DAY_MS + HOUR_MS + 1_234;
  const day = dayOf(madeAtMs);
  const balance = balanceOf('JKC');
  await submitted(app, { asset: 'JKC', amount: '1' });
  const [seen] = payments(1, 1);
  if (!seen) throw new Error('no payment');
  listedAtPool(app, { ...seen, asset: 'JKC', amount: '5.50', reference: 'WH', madeAtMs });
  await app.sql(`update pool_watches set since = to_timestamp(0), read_whole_at = null where asset = 'JKC'`);
  await app.container.sessions.inTransaction(({ jobs }) => jobs.send('pool.sweep', { asset: 'JKC' }));
  await app.jobs.drain('pool.sweep');
  const [incident] = await app.sql<{ id: string }>(`select id from incidents where subject like 'WH JKC %'`);
  for (const name of ['first', 'second']) {
    const { caller } = await operatorOf(app, 'finance', name);
    await caller.incidents.decide({ id: incident?.id ?? '', decision: 'register', note: `by hand, says ${name}` });
  }
  await balance('asset', dayOf(madeAtMs - DAY_MS), '100');
  await balance('profit', day, '2');
  await balance('asset', day, '96.5');
  expect(await compared(day)).toEqual([['equation', '96.4', '96.5']]);
  const told = await app.sql(`select trim_scale(amount)::text as amount from incidents where subject = ?`, [
    `fees JKC ${day}`,
  ]);
  expect(told).toEqual([{ amount: '0.1' }]);
});

test.each([
  ['the end of a day teaches nothing', -1, []],
  ['its middle teaches', -12, [{ mode: 'inside' }]],
])('a payment that was open over %s', async (_what, hours, learned) => {
  // A day of its own for each.
  const endMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - (15 - hours) * DAY_MS;
  const madeAtMs = endMs + hours * HOUR_MS;
  const day = dayOf(madeAtMs);
  const balance = balanceOf('DINGO');
  const [paid] = payments(1, 1).map((each) => ({
    ...each,
    asset: 'DINGO',
    amount: '5',
    reference: `O${hours}`,
    madeAtMs,
  }));
  if (!paid) throw new Error('no payment');
  await settledBefore(app, [paid]);
  await tampered(app, `update payout_attempts set ended_at = ended_at + interval '2 hours' where id = $1`, [
    paid.attemptId,
  ]);
  listedAtPool(app, paid);
  await balance('asset', dayOf(madeAtMs - DAY_MS), '100');
  await balance('profit', day, '2');
  await balance('asset', day, '97');
  await compared(day);
  expect(await app.sql(`select mode from pool_fee_modes where asset = 'DINGO'`)).toEqual(learned);
});
