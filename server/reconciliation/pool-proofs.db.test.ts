import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookUpPayout } from '#server/jobs/look-up-payout.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { explainAll, listed, look, lostPayout } from '#server/testing/unknown-payouts.ts';
import { type Asked, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

const proofsOf = ({ id }: Asked) =>
  app.container.sessions.withoutTransaction(async ({ paying, poolProofs }) => {
    const [attempt] = await paying.payoutAttempts.attempts(id);
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

const HOUR_MS = 3_600_000;
const MIDNIGHT = Date.parse('2026-03-10T00:00:00.000Z');
/** So many hours after the midnight that the attempts below are about. */
const hour = (hours: number): string => new Date(MIDNIGHT + hours * HOUR_MS).toISOString();

/** What no running system could: a past is written. */
const rewritten = ({ id }: Asked, fields: Readonly<Record<string, string | null>>): Promise<unknown> =>
  app.container.orm.em.fork().transactional(async (em) => {
    await em.execute('set local session_replication_role = replica');
    const set = Object.keys(fields).map((name) => `${name} = ?`);
    await em.execute(`update payout_attempts set ${set.join(', ')} where withdrawal_id = ?`, [
      ...Object.values(fields),
      id,
    ]);
  });
const fencedAt = (request: Asked, hours: number) => rewritten(request, { fenced_at: hour(hours) });

/** A payment beside the one in question, from when it was sent until it was seen completed, or failed. */
async function sentMeanwhile(
  asset: string,
  { from, until, paid = true }: { from: number; until: number; paid?: boolean },
): Promise<Asked> {
  const request = await lostPayout(app, { asset, amount: '3' });
  await rewritten(request, {
    ...{ fenced_at: hour(from), status: paid ? 'confirmed' : 'not_executed', ended_at: hour(until) },
  });
  return request;
}

/** What the pool held at the midnights from the one before on; half a coin was mined on each day. */
async function heldAt(asset: string, balances: readonly string[]): Promise<void> {
  await app.sql('delete from mining_balances where asset = ?', [asset]);
  for (const [at, balance] of balances.entries()) {
    for (const [kind, amount] of [
      ['asset', balance],
      ['profit', '0.5'],
    ] as const) {
      await app.sql(
        `insert into mining_balances (id, owner_type, owner_id, kind, asset, day, amount, read_at)
         values (?, 'project', 'hashdam', ?, ?, ?::date + ?, ?, now())`,
        [newId(), kind, asset, '2026-03-08', at - 1, amount],
      );
    }
  }
}

const closing = async (of: Asked) => (await proofsOf(of)).snapshots.map(({ closes }) => closes);

/** The pool has named it, and its time ran out without a final word. */
async function namedAndUnknown(): Promise<Asked & { reference: string }> {
  const request = await lostPayout(app);
  const reference = `N${newId()}`;
  await app.sql('update payout_attempts set reference = ? where withdrawal_id = ?', [reference, request.id]);
  return { ...request, reference };
}

const lookAt = async (of: Asked) =>
  lookUpPayout(app.jobs.context, { attemptId: (await shown(app, of)).attempts[0]?.id ?? '' });

const fitting = async (of: Asked) => (await proofsOf(of)).reads.map(({ fits }) => fits);

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

test('the day adds up whether the pool takes its fees on top of what it pays or out of it', async () => {
  const request = await lostPayout(app, { asset: 'SHIC', amount: '1' });
  listed(app, { coin: 'SHIC', amount: '5', fee: '0.1', createAt: Date.now() });
  await look(app);
  await explainAll(app);
  const closes = async (change: string) => {
    await app.sql(`delete from mining_balances where asset = 'SHIC' and day = (now() at time zone 'utc')::date`);
    await dayIsOver('SHIC', change);
    return (await proofsOf(request)).snapshots.map((each) => each.closes);
  };
  expect([await closes('-5.1'), await closes('-5'), await closes('-5.05')]).toEqual([[true], [true], [false]]);
  const smaller = await lostPayout(app, { asset: 'SHIC', amount: '0.1' });
  const proven = async (change: string) => {
    await closes(change);
    return closing(smaller);
  };
  // With fees from inside it is this one that could have left in their place.
  expect([await proven('-5.1'), await proven('-5')]).toEqual([[false], [true]]);
  await app.sql(
    `insert into pool_fee_modes (asset, mode, day, since) values ('SHIC', 'on_top', '2026-01-01', '2026-01-01')`,
  );
  expect(await proven('-5.1')).toEqual([true]);
  await app.sql(`update pool_fee_modes set mode = 'inside'`);
  expect([await closes('-5.1'), await closes('-5')]).toEqual([[false], [true]]);
});

describe('a payment that was on its way at midnight', () => {
  test('keeps the balance of that midnight from proving anything, and not the balances around it', async () => {
    const request = await lostPayout(app, { asset: 'PEP' });
    await fencedAt(request, 12);
    await sentMeanwhile('PEP', { from: -0.2, until: 0.2 });
    // It left after midnight: the balance of midnight has it, the one before and the one after add up.
    await heldAt('PEP', ['100', '100.5', '101', '98.5']);
    expect(await closing(request)).toEqual([true]);
    await heldAt('PEP', ['100', '100.5', '101', `${98.5 - 10}`]);
    expect(await closing(request)).toEqual([false]);
  });

  test('keeps the day that it began from closing, and not the next', async () => {
    const request = await lostPayout(app, { asset: 'JKC' });
    await fencedAt(request, 12);
    await sentMeanwhile('JKC', { from: 23.9, until: 25 });
    await heldAt('JKC', ['100', '100.5', '101', '98.5', '99']);
    expect(await closing(request)).toEqual([false, true]);
  });

  test('of the same amount is never taken for the one that left before it', async () => {
    const request = await lostPayout(app, { asset: 'DINGO', amount: '3' });
    await rewritten(request, { fenced_at: hour(12), reference: newId() });
    await sentMeanwhile('DINGO', { from: 23.9, until: 25 });
    // The one in question left, the other had not yet: by the call's time alone the day would close.
    await heldAt('DINGO', ['100', '100.5', '101', '98.5', '96']);
    expect(await closing(request)).toEqual([false, false]);
  });

  test('and failed may have brought back what the one in question took', async () => {
    const request = await lostPayout(app, { asset: 'LKY', amount: '3' });
    await rewritten(request, { fenced_at: hour(12), reference: newId() });
    await sentMeanwhile('LKY', { from: -0.2, until: 3, paid: false });
    await heldAt('LKY', ['98', '99', '97', '97.5']);
    expect(await closing(request)).toEqual([false]);
  });
});

describe('whose a row is', () => {
  test('one with a name is looked for in whole lists too, and its own row is never taken for its absence', async () => {
    const request = await namedAndUnknown();
    await look(app);
    expect(await fitting(request)).toEqual([false]);
    listed(app, { coin: 'LTC', amount: request.amount, withdrawId: request.reference, status: 'failed' });
    await look(app);
    expect(await fitting(request)).toEqual([false, true]);
    const elsewhere = await namedAndUnknown();
    listed(app, { coin: 'LTC', amount: '0.5', withdrawId: elsewhere.reference, status: 'pending' });
    await look(app);
    expect(await fitting(elsewhere)).toEqual([true]);
  });

  test('a list that cannot be read whole proves nothing of one with a name, which is still asked for by it', async () => {
    const request = await namedAndUnknown();
    listed(app, { coin: 'LTC', amount: request.amount, withdrawId: request.reference });
    app.hashdam.control.fault({ method: 'assetWithdrawHistory', fault: 'status' });
    await lookAt(request);
    expect(await fitting(request)).toEqual([]);
    expect((await shown(app, request)).status).toBe('completed');
  });

  test('a row that it has claimed could be it, whatever name it has by now', async () => {
    const request = await lostPayout(app);
    const row = { coin: 'LTC', amount: request.amount, createAt: Date.now() - 3_600_000 };
    const reference = listed(app, row);
    await look(app);
    await app.sql(
      `insert into pool_row_claims (id, provider, reference, asset, amount, row_created_at, how, attempt_id, by_name,
         type, fee, failed, claimed_by)
       select ?, provider, ?, asset, amount, ?, 'bound', id, false, 'interUser', 0, false, 'worker'
       from payout_attempts where withdrawal_id = ?`,
      [newId(), reference, new Date(row.createAt), request.id],
    );
    expect(await fitting(request)).toEqual([true]);
  });

  test('a row that failed pays nobody, whosever it is', async () => {
    const request = await lostPayout(app);
    listed(app, { coin: 'LTC', amount: request.amount, status: 'failed' });
    await look(app);
    expect(await fitting(request)).toEqual([false]);
  });
});
