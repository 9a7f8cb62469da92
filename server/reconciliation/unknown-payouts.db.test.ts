import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { JobRunner } from '#server/testing/job-runner.ts';
import {
  explainAll,
  leaseIsLost,
  listed,
  look,
  lostPayout,
  openIncidents,
  unknownPayout,
  whyUnbound,
} from '#server/testing/unknown-payouts.ts';
import {
  approved,
  bookings,
  fenced,
  paidOut,
  purse,
  shown,
  submitted,
  whateverMayCome,
} from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { PROVIDER_DEADLINE_MS: '250' } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const MINUTE = 60_000;

describe('scenario 10: it ran and the reply is lost', () => {
  test('the one row that fits is its own: it is followed by its name and completed, and paid once', async () => {
    const request = await unknownPayout(app);
    expect((await shown(app, request)).status).toBe('manual-review');
    await look(app);
    const found = await shown(app, request);
    const [payment] = paidOut(app, request);
    expect(found).toMatchObject({
      status: 'submitted',
      attempts: [{ status: 'submitted', reference: payment?.reference }],
    });
    await whateverMayCome(app);
    expect((await shown(app, request)).status).toBe('completed');
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('and a sender that died after it ran is no different', async () => {
    const request = await approved(app);
    const order = await fenced(app, request);
    const { sessions } = app.container;
    if (order) await sessions.withoutTransaction(({ payouts }) => payouts.send(order, () => undefined));
    await leaseIsLost(app, request);
    await whateverMayCome(app);
    expect((await shown(app, request)).status).toBe('completed');
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('two workers that look at once bind it once', async () => {
    const request = await unknownPayout(app);
    const { attempts } = await shown(app, request);
    await app.container.sessions.inTransaction(({ jobs }) =>
      jobs.send('payout.look-up', { attemptId: attempts[0]?.id ?? '' }),
    );
    const other = new JobRunner(app.container, 'other-worker');
    await Promise.all([app.jobs.hurry('payout.look-up'), other.hurry('payout.look-up')]);
    await whateverMayCome(app);
    expect((await shown(app, request)).status).toBe('completed');
    const claims = await app.sql('select how from pool_row_claims where attempt_id = ?', [attempts[0]?.id]);
    expect(claims).toEqual([{ how: 'bound' }]);
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
  });
});

test('scenario 12: a row that appears after seven minutes is found at the look after ten', async () => {
  const request = await lostPayout(app, { asset: 'BELLS' });
  const since = (minutes: number) =>
    app.sql(`update payout_attempts set updated_at = now() - ? * interval '1 minute' where withdrawal_id = ?`, [
      minutes,
      request.id,
    ]);
  const nextLook = async () => {
    const [job] = await app.sql<{ s: string }>(
      `select round(extract(epoch from start_after - now())) as s from pgboss.job where name = 'payout.look-up'
       and state = 'created' and data->>'attemptId' = (select id::text from payout_attempts where withdrawal_id = ?)`,
      [request.id],
    );
    return Math.round(Number(job?.s) / 60);
  };
  expect(await nextLook()).toBe(1);
  for (const [at, next] of [
    [1, 2],
    [2, 5],
    [5, 10],
  ] as const) {
    await since(at);
    await look(app);
    expect(await nextLook()).toBe(next - at);
  }
  expect(await whyUnbound(app, request)).toBe('no_row');
  const reference = listed(app, { coin: 'BELLS', amount: request.amount });
  await since(10);
  await look(app);
  expect(await shown(app, request)).toMatchObject({ status: 'submitted', attempts: [{ reference }] });
});

test('people hear of it again after an hour and after a day, once each', async () => {
  const request = await lostPayout(app, { asset: 'BELLS' });
  const hoursAgo = (hours: number) =>
    app.sql(`update payout_attempts set updated_at = now() - ? * interval '1 hour' where withdrawal_id = ?`, [
      hours,
      request.id,
    ]);
  const told = () =>
    app.sql<{ reason: string }>(
      `select reason from notification_events where type = 'payout.unresolved' and withdrawal_id = ? order by seq`,
      [request.id],
    );
  await look(app);
  expect(await told()).toEqual([]);
  await app.sql('update payout_attempts set looked_at = null where withdrawal_id = ?', [request.id]);
  await hoursAgo(1);
  await look(app);
  await look(app);
  expect(await told()).toEqual([{ reason: 'no_final_word_for_1_h' }]);
  await app.sql(`update payout_attempts set looked_at = now() - interval '1 hour' where withdrawal_id = ?`, [
    request.id,
  ]);
  await hoursAgo(24);
  await look(app);
  await look(app);
  expect((await told()).map(({ reason }) => reason)).toEqual(['no_final_word_for_1_h', 'no_final_word_for_24_h']);
});

describe('what is not the one row that fits is left to people', () => {
  const cases: [string, string, (request: { asset: string; amount: string }) => void][] = [
    ['two rows', 'several_rows', (of) => row(of, {}) && row(of, {})],
    ['a row from before the window', 'outside_window', (of) => row(of, { createAt: Date.now() - 5 * MINUTE })],
    ['a row from after the window', 'outside_window', (of) => row(of, { createAt: Date.now() + 20 * MINUTE })],
    ['a row without a time', 'no_time', (of) => row(of, { createAt: null })],
    ['a row of another type', 'other_type', (of) => row(of, { type: 'onchain' })],
    ['a row that failed', 'not_paid', (of) => row(of, { status: 'failed' })],
    ['a row that was cancelled', 'not_paid', (of) => row(of, { status: 'canceled' })],
    ['a row of an unknown word', 'unknown_word', (of) => row(of, { status: 'under review' })],
    ['no row', 'no_row', () => undefined],
  ];
  const row = ({ asset: coin, amount }: { asset: string; amount: string }, more: object) =>
    listed(app, { coin, amount, ...more });

  test.each(cases)('%s: %s', async (_what, why, arrange) => {
    const request = await lostPayout(app, { asset: 'LKY' });
    arrange(request);
    await look(app);
    expect([why, 'open_incident']).toContain(await whyUnbound(app, request));
    expect((await shown(app, request)).status).toBe('manual-review');
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1 });
    await explainAll(app);
  });
});

test('scenario 50: a row that is named by another attempt, though it was not read yet, is not taken', async () => {
  const amount = '0.0501';
  const named = await submitted(app, { asset: 'SHIC', amount });
  const request = await lostPayout(app, { asset: 'SHIC', amount });
  await app.jobs.hurry('payout.look-up');
  expect(await whyUnbound(app, request)).toBe('no_row');
  expect((await shown(app, request)).status).toBe('manual-review');
  expect((await shown(app, named)).status).toBe('completed');
});

test('scenario 13: a second member of the same amount waits, and rejecting works meanwhile', async () => {
  const amount = '0.0131';
  const first = await lostPayout(app, { asset: 'JKC', amount });
  const second = await approved(app, { asset: 'JKC', amount });
  await app.jobs.drain('payout.dispatch');
  expect(await shown(app, second)).toMatchObject({ status: 'approved', waitReason: 'same_amount', attempts: [] });
  expect(await purse(app, second)).toBe('99.9869/0.0131/0/0');
  expect((await shown(app, first)).status).toBe('manual-review');
});

test('scenario 16: a list that moves while it is read does not count, and the next look reads it again', async () => {
  const request = await unknownPayout(app, { asset: 'PEP' });
  const { pool } = app.container.shared;
  const read = pool.readWithdrawals.bind(pool);
  const broken = vi.spyOn(pool, 'readWithdrawals').mockImplementation(async (query) => {
    app.hashdam.control.fault({ method: 'assetWithdrawHistory', fault: 'garbage' });
    return read(query);
  });
  await look(app);
  expect(await whyUnbound(app, request)).toBeUndefined();
  broken.mockRestore();
  await look(app);
  expect((await shown(app, request)).status).toBe('submitted');
});

test('what could not be read before the fence is never bound by itself', async () => {
  const request = await approved(app, { asset: 'DINGO' });
  await app.sql(`delete from pool_history_reads where asset = 'DINGO'`);
  app.hashdam.control.fault({ method: 'assetWithdrawHistory', fault: 'status' });
  app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'drop_after' });
  await app.jobs.drain('payout.dispatch');
  await look(app);
  expect(await whyUnbound(app, request)).toBe('not_read_before');
  expect((await shown(app, request)).status).toBe('manual-review');
  expect(await openIncidents(app, 'DINGO')).toEqual([]);
});
