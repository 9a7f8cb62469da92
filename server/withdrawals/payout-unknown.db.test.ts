import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { dispatchPayout } from '#server/jobs/dispatch-payout.ts';
import { WORKER } from '#server/jobs/job-context.ts';
import type { FaultOrder } from '#server/simulators/index.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  type Asked,
  approved,
  bookings,
  fenced,
  paidOut,
  purse,
  shown,
  whateverMayCome,
} from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { PROVIDER_DEADLINE_MS: '250' } });
});
// An answer that says the address is wrong pauses the pool.
afterEach(() => app.sql('update provider_states set paused_at = null, pause_reason = null'));
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const METHOD = 'assetWithdrawRequest';
const leaseOver = ({ id }: Asked) =>
  app.sql('update payout_attempts set lease_until = now() where withdrawal_id = ?', [id]);

/** Nothing is sent again, nothing is refunded; what ran is found in the pool's list, and what did not is left to people. */
async function expectUnknown(request: Asked, executed: number, error: unknown = expect.any(String)): Promise<void> {
  expect(await shown(app, request)).toMatchObject({
    status: 'manual-review',
    waitReason: null,
    attempts: [{ no: 1, status: 'unknown', reference: null, error }],
    legs: [
      { no: 1, status: 'unknown' },
      { no: 2, status: 'waiting' },
    ],
  });
  expect(paidOut(app, request)).toHaveLength(executed);
  const before = await purse(app, request);
  expect(before.endsWith(`/${request.amount}/${request.amount}/0`)).toBe(true);
  await whateverMayCome(app);
  expect(paidOut(app, request)).toHaveLength(executed);
  if (executed > 0) {
    expect((await shown(app, request)).status).toBe('completed');
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
  } else {
    expect(await purse(app, request)).toBe(before);
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1 });
  }
}

describe('after the first byte an answer that proves nothing is never sent again and never refunded', () => {
  test.each<[string, FaultOrder, number]>([
    ['the connection ends before it ran', { fault: 'drop_before' }, 0],
    ['the connection ends after it ran', { fault: 'drop_after' }, 1],
    ['nothing comes, and it did not run', { fault: 'hang_before' }, 0],
    ['nothing comes, and it ran', { fault: 'hang_after' }, 1],
    ['500, and it ran', { fault: 'status', executes: true }, 1],
    ['503, and it did not run', { fault: 'status', status: 503 }, 0],
    ['504, and it ran', { fault: 'status', status: 504, executes: true }, 1],
    ['a page that is no answer', { fault: 'garbage' }, 1],
    ['half an answer', { fault: 'truncated' }, 1],
    ['success without a name', { fault: 'no_reference' }, 1],
    ['a redirect', { fault: 'redirect' }, 0],
  ])('%s', async (_what, fault, executed) => {
    const request = await approved(app);
    app.hashdam.control.fault({ method: METHOD, ...fault });
    await app.jobs.drain('payout.dispatch');
    await expectUnknown(request, executed);
  });

  test('success about another amount is an incident as well, and while it is open nothing of the coin is bound', async () => {
    const request = await approved(app, { asset: 'DOGE' });
    app.hashdam.control.fault({ method: METHOD, fault: 'other_amount' });
    await app.jobs.drain('payout.dispatch');
    await whateverMayCome(app);
    expect(await shown(app, request)).toMatchObject({
      status: 'manual-review',
      attempts: [{ error: 'echo_mismatch' }],
    });
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1 });
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('a refusal that names a payment contradicts itself, and is an incident as well', async () => {
    const request = await approved(app, { asset: 'BELLS' });
    const order = await fenced(app, request);
    if (!order) throw new Error('there was nothing to send');
    const at = new Date().toISOString();
    const evidence = { provider: 'hashdam', method: METHOD, startedAt: at, endedAt: at, bytesWritten: true } as const;
    const said = { kind: 'unknown', incident: 'refused_with_reference', reason: 'refused_with_reference' } as const;
    await app.container.sessions.inTransaction(({ payouts }) => payouts.record(order, { ...said, evidence }, WORKER));
    expect(await shown(app, request)).toMatchObject({
      status: 'manual-review',
      attempts: [{ error: 'refused_with_reference' }],
    });
    expect(await app.sql('select kind, closed_at from incidents where withdrawal_id = ?', [request.id])).toEqual([
      { kind: 'refused_with_reference', closed_at: null },
    ]);
  });

  test('scenario 11: a refusal that is on no list, such as "Insufficient balance"', async () => {
    const request = await approved(app);
    app.hashdam.control.fault({ method: METHOD, fault: 'rejected', message: 'Insufficient balance' });
    await app.jobs.drain('payout.dispatch');
    await expectUnknown(request, 0);
  });

  test('429 while the list shows a row that could be it', async () => {
    const request = await approved(app);
    app.hashdam.control.fault({ method: METHOD, fault: 'rate_limited', executes: true });
    await app.jobs.drain('payout.dispatch');
    await expectUnknown(request, 1, 'rate_limited_but_may_have_run');
  });

  test('and what was seen is kept as evidence', async () => {
    const request = await approved(app);
    app.hashdam.control.fault({ method: METHOD, fault: 'garbage' });
    await app.jobs.drain('payout.dispatch');
    const rows = await app.sql<{ kind: string; body: { kind: string; late: boolean; evidence: { body: string } } }>(
      'select e.kind, body from payout_evidence e join payout_attempts a on a.id = e.attempt_id where a.withdrawal_id = ?',
      [request.id],
    );
    expect(rows).toMatchObject([{ kind: 'reply', body: { kind: 'unknown', late: false } }]);
    expect(rows[0]?.body.evidence.body).toContain('not what you asked for');
  });
});

describe('a sender that dies after the fence', () => {
  test('scenario 9: nothing was sent; the lease ends, people look, the money stays in flight', async () => {
    const request = await approved(app);
    const order = await fenced(app, request, 'gone');
    expect(order).toMatchObject({ withdrawalId: request.id, attemptNo: 1 });
    await app.jobs.hurry('payout.recover');
    expect((await shown(app, request)).status).toBe('approved');
    await leaseOver(request);
    await app.jobs.hurry('payout.recover');
    await expectUnknown(request, 0, 'lease_lost');
  });

  test('scenario 10: it was executed and the reply lost; the lease ends, people look', async () => {
    const request = await approved(app);
    const { sessions } = app.container;
    const order = await fenced(app, request, 'gone');
    if (order) await sessions.withoutTransaction(({ payouts }) => payouts.send(order, () => undefined));
    await leaseOver(request);
    await app.jobs.hurry('payout.recover');
    await expectUnknown(request, 1, 'lease_lost');
  });

  test('scenario 8: a reply that comes after the lease moves nothing by itself; whoever looks next finds it', async () => {
    const request = await approved(app);
    const { sessions } = app.container;
    const order = await fenced(app, request, 'slow');
    if (!order) throw new Error('there was nothing to send');
    const outcome = await sessions.withoutTransaction(({ payouts }) => payouts.send(order, () => undefined));
    expect(outcome.kind).toBe('accepted');
    await leaseOver(request);
    await app.jobs.hurry('payout.recover');
    await sessions.inTransaction(({ payouts }) => payouts.record(order, outcome, WORKER));
    expect(await shown(app, request)).toMatchObject({ status: 'manual-review', attempts: [{ error: 'lease_lost' }] });
    await app.jobs.drain('payout.look-up');
    expect(await shown(app, request)).toMatchObject({
      status: 'completed',
      attempts: [{ reference: paidOut(app, request)[0]?.reference }],
    });
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
    const [evidence] = await app.sql<{ body: object }>('select body from payout_evidence where attempt_id = ?', [
      order.attemptId,
    ]);
    expect(evidence?.body).toMatchObject({ kind: 'accepted', late: true });
  });

  test('a recovery that waited for the reply being written sees it and does nothing', async () => {
    const request = await approved(app);
    const { sessions, orm } = app.container;
    const order = await fenced(app, request, 'just in time');
    await leaseOver(request);
    const waiting = () =>
      app.sql(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
         and query like '%from withdrawals%for update%'`,
      );
    let recovery: Promise<void> | undefined;
    await orm.em.fork().transactional(async (em) => {
      await em.execute('select 1 from withdrawals where id = ? for update', [request.id]);
      recovery = sessions.inTransaction(({ payouts }) => payouts.recover(order?.attemptId ?? '', WORKER));
      await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), { interval: 20, timeout: 5_000 });
      const named = `named-${request.id}`;
      await em.execute(
        `update payout_attempts set status = 'submitted', reference = ?, version = version + 1 where id = ?`,
        [named, order?.attemptId],
      );
      await em.execute(`update withdrawals set status = 'submitted', version = version + 1 where id = ?`, [request.id]);
    });
    await recovery;
    expect((await shown(app, request)).attempts).toMatchObject([{ status: 'submitted', error: null }]);
  });
});

describe('scenario 7: a sender that stood still between the fence and the first byte', () => {
  test('sends nothing once send_by has passed, and that burns no retry', async () => {
    const request = await approved(app);
    const { pool } = app.container.shared;
    const send = pool.requestWithdrawal.bind(pool);
    const real = performance.now.bind(performance);
    let stoodStillMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => real() + stoodStillMs);
    vi.spyOn(pool, 'requestWithdrawal').mockImplementationOnce((order) => {
      stoodStillMs = 10_500;
      return send(order);
    });
    await dispatchPayout(app.jobs.context, { withdrawalId: request.id });
    vi.restoreAllMocks();
    expect(paidOut(app, request)).toHaveLength(0);
    expect(await shown(app, request)).toMatchObject({
      status: 'approved',
      waitReason: null,
      attempts: [{ status: 'not_executed', error: 'held_back' }],
    });
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, RETURN: 1 });
    const [attempt] = await app.sql('select counted from payout_attempts where withdrawal_id = ?', [request.id]);
    expect(attempt).toEqual({ counted: false });
    await app.jobs.hurry('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
    expect((await shown(app, request)).status).toBe('submitted');
  });

  test('sends nothing when the whole machine stood still, and with it the clock that only counts up', async () => {
    const request = await approved(app);
    const { pool } = app.container.shared;
    const send = pool.requestWithdrawal.bind(pool);
    const real = Date.now.bind(Date);
    vi.spyOn(pool, 'requestWithdrawal').mockImplementationOnce((order) => {
      vi.spyOn(Date, 'now').mockImplementation(() => real() + 10_500);
      return send(order);
    });
    await dispatchPayout(app.jobs.context, { withdrawalId: request.id });
    vi.restoreAllMocks();
    expect(paidOut(app, request)).toHaveLength(0);
    expect((await shown(app, request)).attempts).toMatchObject([{ status: 'not_executed', error: 'held_back' }]);
  });

  test('sends nothing when only the database’s clock says that it is too late', async () => {
    const request = await approved(app);
    const { sessions } = app.container;
    let fences = 0;
    const afterItsFence: typeof sessions.inTransaction = async (work) => {
      const done = await sessions.inTransaction(work);
      if (fences === 0)
        await app.sql('update payout_attempts set send_by = now() where withdrawal_id = ?', [request.id]);
      fences += 1;
      return done;
    };
    const slow = {
      inTransaction: afterItsFence,
      withoutTransaction: sessions.withoutTransaction.bind(sessions),
    };
    await dispatchPayout({ ...app.jobs.context, sessions: slow }, { withdrawalId: request.id });
    expect(paidOut(app, request)).toHaveLength(0);
    expect((await shown(app, request)).attempts).toMatchObject([{ status: 'not_executed', error: 'held_back' }]);
  });

  test('sends nothing when the moment passes while the connection is being made', async () => {
    const request = await approved(app);
    const { pool } = app.container.shared;
    const send = pool.requestWithdrawal.bind(pool);
    let asked = 0;
    vi.spyOn(pool, 'requestWithdrawal').mockImplementationOnce((order) =>
      send({
        ...order,
        beforeFirstByte() {
          asked += 1;
          if (asked === 2) throw new Error('too late now');
        },
      }),
    );
    await app.jobs.drain('payout.dispatch');
    expect(asked).toBe(2);
    expect(paidOut(app, request)).toHaveLength(0);
    expect((await shown(app, request)).attempts).toMatchObject([{ status: 'not_executed', error: 'held_back' }]);
  });
});
