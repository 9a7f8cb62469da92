import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { listedAtPool, payments, settledBefore } from '#server/testing/reconciliation-days.ts';
import { tampered } from '#server/testing/tampering.ts';
import { explainAll, listed, lostPayout, sweep } from '#server/testing/unknown-payouts.ts';
import { approved, operatorOf, refusal, shown, submitted, whateverMayCome } from '#server/testing/withdrawals.ts';
import { PoolListing } from './pool-listing.ts';
import type { OpenRun } from './reconciliation-run.ts';

const DAY_MS = 86_400_000;
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ hashdam: { settleAfterMs: DAY_MS * 400 } });
});
afterAll(() => app.close());

const finance = async () => (await operatorOf(app)).caller.reconciliation;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function given<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('there is nothing');
  return value;
}

/** What a run of one day saw; today's too, by a clock that is a day ahead. */
async function compared(day = dayOf(Date.now())): Promise<string[]> {
  app.clock.pass(DAY_MS);
  const { runId } = await (await finance()).run({ from: day, to: day });
  app.clock.pass(-DAY_MS);
  await app.jobs.drain('reconciliation.run');
  const { rows } = await (await finance()).differences({ filter: { runId } });
  return rows.map(({ kind, reference }) => `${kind} ${reference}`).toSorted();
}

/** How much the newest run compared. */
async function counted() {
  const [run] = (await (await finance()).runs({ limit: 1 })).rows;
  return { rows: run?.listedRows, known: run?.knownRows, attempts: run?.attempts };
}

describe('a day on which everything went as it should', () => {
  test('shows no difference, whatever became of its payments', async () => {
    const done = await submitted(app);
    app.hashdam.control.settle({ reference: done.reference });
    const failed = await submitted(app, { asset: 'DOGE' });
    app.hashdam.control.settle({ reference: failed.reference, status: 'failed' });
    await app.jobs.hurry('payout.look-up');
    await app.sql(`update payout_attempts set failed_seen_at = failed_seen_at - interval '1 minute'`);
    await whateverMayCome(app);
    expect([(await shown(app, done)).status, (await shown(app, failed)).status]).toEqual(['completed', 'failed']);
    await submitted(app, { asset: 'BELLS' });
    await sweep(app, 'JKC');
    const lost = await lostPayout(app, { asset: 'PEP' });
    expect((await shown(app, lost)).status).toBe('manual-review');
    listed(app, { coin: 'PEP', amount: lost.amount });
    listed(app, { coin: 'JKC', amount: '0.5' });
    await sweep(app, 'JKC');
    await explainAll(app, 'registered');
    const refused = await approved(app, { asset: 'LKY' });
    app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'rejected', message: 'Invalid API Key' });
    await app.jobs.drain('payout.dispatch');
    expect((await shown(app, refused)).status).toBe('approved');
    expect(await compared()).toEqual([]);
    // Three have their attempt, one is the lost payment's to find, and one is what people have registered.
    expect(await counted()).toMatchObject({ rows: 5, known: 1 });
  });

  test('nor does a payment at midnight, whichever of the two days is compared', async () => {
    const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * DAY_MS;
    const [payment] = payments(1, 1).map((each) => ({ ...each, reference: 'M1', madeAtMs: midnight }));
    if (!payment) throw new Error('there is no payment');
    await settledBefore(app, [payment]);
    listedAtPool(app, payment);
    expect(await compared(dayOf(midnight - DAY_MS))).toEqual([]);
    // The payment of the next day was read as well, and is not this day's.
    expect(await counted()).toMatchObject({ rows: 0, known: 0 });
    expect(await compared(dayOf(midnight))).toEqual([]);
    await tampered(app, `update payout_attempts set reference = 'M2' where id = $1`, [payment.attemptId]);
    await tampered(app, 'delete from pool_row_claims where attempt_id = $1', [payment.attemptId]);
    expect(await compared(dayOf(midnight - DAY_MS))).toEqual(['missing M2']);
    expect(await compared(dayOf(midnight))).toEqual(['extra M1']);
  });
});

describe('a difference', () => {
  test('is one however often it is seen; what a person said counts until it says something else', async () => {
    await sweep(app, 'DINGO');
    const reference = listed(app, { coin: 'DINGO', amount: '7' });
    expect(await compared()).toEqual([`extra ${reference}`]);
    const { rows } = await (await finance()).differences({ filter: { state: 'open', kind: 'extra' } });
    const found = rows.find((row) => row.reference === reference);
    expect(found).toMatchObject({ asset: 'DINGO', expected: null, observed: '7', state: 'open' });
    const explained = await (await finance()).explain({ id: found?.id ?? '', note: 'the company bought it' });
    expect(explained).toMatchObject({ state: 'explained', note: 'the company bought it' });
    await compared();
    const again = (await (await finance()).differences({ filter: { kind: 'extra', state: 'explained' } })).rows;
    expect(again).toMatchObject([{ id: found?.id, foundIn: found?.foundIn }]);
    const audited = await app.sql(`select action from audit_events where subject_id = ?`, [found?.id]);
    expect(audited).toEqual([{ action: 'reconciliation.explained' }]);
  });

  test('has gone when a run no longer sees it, and nobody explains it then', async () => {
    await sweep(app, 'SHIC');
    const reference = listed(app, { coin: 'SHIC', amount: '8' });
    await compared();
    await sweep(app, 'SHIC');
    await explainAll(app, 'registered');
    await compared();
    const { rows } = await (await finance()).differences({ filter: { state: 'gone' } });
    const gone = rows.find((row) => row.reference === reference);
    expect(gone).toMatchObject({ state: 'gone', goneAt: expect.any(String) });
    expect(await refusal((await finance()).explain({ id: gone?.id ?? '', note: 'too late' }))).toBe(
      'difference.not_found',
    );
  });

  test('that changes loses its explanation', async () => {
    const [payment] = payments(1, 1).map((each) => ({
      ...each,
      reference: 'C1',
      madeAtMs: each.madeAtMs - 9 * DAY_MS,
    }));
    if (!payment) throw new Error('there is no payment');
    await settledBefore(app, [payment]);
    listedAtPool(app, { ...payment, status: 'failed' });
    const day = dayOf(payment.madeAtMs);
    expect(await compared(day)).toEqual(['status C1']);
    const open = async () => (await (await finance()).differences({ filter: { state: 'open', kind: 'status' } })).rows;
    const [found] = await open();
    await (await finance()).explain({ id: found?.id ?? '', note: 'the pool said so by telephone' });
    expect(await open()).toEqual([]);
    app.hashdam.control.settle({ reference: 'C1', status: 'canceled' });
    await compared(day);
    expect(await open()).toMatchObject([{ id: found?.id, observed: 'canceled', note: null }]);
  });

  test('is told to people once', async () => {
    listed(app, { coin: 'LTC', amount: '9' });
    const told = () => app.sql(`select 1 from notification_events where type = 'reconciliation.differences'`);
    const before = (await told()).length;
    await compared();
    await compared();
    expect(await told()).toHaveLength(before + 1);
  });
});

test('a day at the pool that does not add up is a difference, until it does', async () => {
  const day = dayOf(Date.now() - 5 * DAY_MS);
  const balance = (kind: string, of: string, amount: string) =>
    app.sql(
      `insert into mining_balances (id, owner_type, owner_id, kind, asset, day, amount, read_at)
       values (?, 'project', 'hashdam', ?, 'BELLS', ?, ?, now())
       on conflict (owner_type, owner_id, kind, asset, day) do update set amount = excluded.amount`,
      [newId(), kind, of, amount],
    );
  listed(app, { coin: 'BELLS', amount: '3', fee: '0.1', createAt: Date.parse(`${day}T12:00:00Z`) });
  await balance('asset', dayOf(Date.parse(day) - DAY_MS), '100');
  await balance('profit', day, '2');
  await balance('asset', day, '98.900000000000000001');
  expect(await compared(day)).toEqual(['equation null']);
  await balance('asset', day, '98.9');
  expect(await compared(day)).toEqual([]);
  await balance('asset', day, '99');
  expect(await compared(day)).toEqual([]);
});

describe('a run', () => {
  test('says nothing about days that could not be read whole, and is ordered again by itself', async () => {
    await app.sql(`delete from reconciliation_differences`);
    await app.sql(`delete from reconciliation_runs`);
    const daily = async () => {
      await app.container.sessions.inTransaction(({ jobs }) => jobs.send('reconciliation.run', {}));
      await app.jobs.drain('reconciliation.run');
    };
    app.hashdam.control.fault({ method: 'assetWithdrawHistory', fault: 'status', times: 3 });
    await daily();
    await daily();
    await daily();
    const { rows } = await (await finance()).runs({});
    expect(rows.map(({ status, reason }) => [status, reason])).toEqual([
      ['completed', null],
      ['failed', 'pool_not_readable'],
    ]);
    expect(rows[0]).toMatchObject({ from: dayOf(Date.now() - 7 * DAY_MS), to: dayOf(Date.now() - DAY_MS) });
    expect(await app.sql('select 1 from reconciliation_rows')).toEqual([]);
  });

  test('that is tried again while its first try still reads counts every row once', async () => {
    const [payment] = payments(1, 1).map((each) => ({
      ...each,
      reference: 'T1',
      madeAtMs: each.madeAtMs - 11 * DAY_MS,
    }));
    if (!payment) throw new Error('there is no payment');
    await settledBefore(app, [payment]);
    listedAtPool(app, payment);
    const { sessions } = app.container;
    const day = dayOf(payment.madeAtMs);
    const { runId } = await (await finance()).run({ from: day, to: day });
    const begin = () => sessions.inTransaction(({ reconciliationRuns }) => reconciliationRuns.begin(runId));
    const first = await begin();
    let second: OpenRun | null = null;
    await sessions.withoutTransaction(async ({ mining }) => {
      const history = async (query: Parameters<typeof mining.history>[0]) => {
        if (!second) {
          second = given(await begin());
          const later = second;
          await sessions.withoutTransaction(({ poolListing }) => poolListing.stage(later));
        }
        return mining.history(query);
      };
      await new PoolListing({ em: app.container.orm.em.fork(), mining: { history } }).stage(given(first));
    });
    for (const one of [first, second]) {
      await sessions.inTransaction(({ reconciliationRuns }) => reconciliationRuns.compare(given(one), WORKER));
    }
    const { rows } = await (await finance()).differences({ filter: { runId } });
    expect(rows).toEqual([]);
    const [run] = await app.sql('select status, listed_rows from reconciliation_runs where id = ?', [runId]);
    expect(run).toEqual({ status: 'completed', listed_rows: 1 });
    await app.jobs.drain('reconciliation.run');
  });

  test('that is never finished is given up, and leaves nothing behind', async () => {
    const id = await app.container.sessions.inTransaction(({ reconciliationRuns }) =>
      reconciliationRuns.order({}, WORKER),
    );
    await app.sql(`update reconciliation_runs set started_at = now() - interval '7 hours' where id = ?`, [id]);
    await app.container.sessions.inTransaction(({ reconciliationRuns }) => reconciliationRuns.orderDaily(WORKER));
    const [run] = await app.sql('select status, reason from reconciliation_runs where id = ?', [id]);
    expect(run).toEqual({ status: 'failed', reason: 'given_up' });
    await app.jobs.drain('reconciliation.run');
  });

  test('compares at most a quarter of a year, and no day that is not over', async () => {
    const { runId } = await (await finance()).run({ from: '2001-01-01', to: '2999-01-01' });
    await app.jobs.drain('reconciliation.run');
    const [run] = await app.sql('select from_day::text, to_day::text from reconciliation_runs where id = ?', [runId]);
    expect(run).toEqual({ from_day: dayOf(Date.now() - 92 * DAY_MS), to_day: dayOf(Date.now() - DAY_MS) });
  });
});

test('a row without a time is a difference too, once, and one whose amount nobody could book', async () => {
  await sweep(app, 'JKC');
  const timeless = listed(app, { coin: 'JKC', amount: '0.75', createAt: null });
  const tooFine = listed(app, { coin: 'JKC', amount: `0.${'3'.repeat(30)}` });
  expect(await compared()).toEqual(expect.arrayContaining([`extra ${timeless}`, `extra ${tooFine}`]));
  expect((await compared()).filter((each) => each.includes(timeless))).toHaveLength(1);
});
