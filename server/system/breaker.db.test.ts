import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dispatchPayout } from '#server/jobs/dispatch-payout.ts';
import { WORKER } from '#server/jobs/job-context.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { forgetAttempts, type PastAttempt, pastAttempts } from '#server/testing/attempts.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { approved, operatorOf, paidOut, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ breaker: true, environment: { BREAKER_VALUE_PER_HOUR: 'DOGE:100' } });
});
afterEach(async () => {
  await forgetAttempts(app);
  await announce();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const announce = () =>
  app.container.sessions.inTransaction(({ providerWatch }) => providerWatch.announceBreakers(WORKER));
const stop = () =>
  app.container.sessions.inTransaction(({ system }) =>
    system.stopFor({ provider: 'hashdam', asset: 'LTC', walletId: null }),
  );
const status = async () => (await operatorOf(app)).caller.system.status({});
const breaker = async () => (await status()).providers.find(({ provider }) => provider === 'hashdam')?.breaker.state;
const many = (count: number, attempt: PastAttempt): PastAttempt[] =>
  Array.from({ length: count }, (_each, at) => ({ ...attempt, ago: attempt.ago - at / 1_000 }));
const unknown = (count: number, ago = 30) => many(count, { status: 'unknown', error: 'no_reply_in_time', ago });
const done = (count: number, ago = 30) => many(count, { status: 'submitted', ago });

describe("a provider's breaker", () => {
  test.each<[string, PastAttempt[], string]>([
    ['five unknown outcomes', unknown(5), 'open'],
    ['four of them', unknown(4), 'closed'],
    ['five failures among the last ten', [...done(5, 60), ...unknown(5)], 'open'],
    ['four among the last ten', [...unknown(3, 90), ...done(6, 60), ...unknown(4)], 'closed'],
    ['five that are older than ten minutes', unknown(5, 660), 'closed'],
    ['nobody reached', many(5, { status: 'not_executed', error: 'not_connected', ago: 20 }), 'open'],
    ['five told to wait', many(5, { status: 'not_executed', error: 'rate_limited', ago: 20 }), 'open'],
    [
      'five refused for good: the provider works',
      many(5, { status: 'not_executed', error: 'refused', ago: 20 }),
      'closed',
    ],
    ['five that we held back ourselves', many(5, { status: 'not_executed', error: 'held_back', ago: 20 }), 'closed'],
    ['five that hang', many(5, { status: 'dispatching', ago: 9 }), 'open'],
    ['five whose sender died meanwhile', many(5, { status: 'unknown', error: 'lease_lost', ago: 30 }), 'closed'],
    ['five that are being sent', many(5, { status: 'dispatching', ago: 2 }), 'closed'],
    ['failures and then a success', [...unknown(9, 60), ...done(1)], 'closed'],
    ['three lost replies in twenty', [...done(8, 90), ...unknown(1, 80), ...done(8, 70), ...unknown(2, 10)], 'closed'],
    ['a minute of rest since the last failure', unknown(5, 61), 'half_open'],
    ['a rest in which one is being sent', [...unknown(5, 61), { status: 'dispatching', ago: 1 }], 'open'],
  ])('after %s', async (_what, past, expected) => {
    await pastAttempts(app, past);
    expect(await breaker()).toBe(expected);
    expect(await stop()).toBe(expected === 'open' ? 'breaker' : null);
  });

  test.each([
    ['died as it sent them', 2, 'closed'],
    ['lives, and hangs with them', 6, 'open'],
  ])('after five without an answer whose worker %s', async (_what, seenAfterS, expected) => {
    await pastAttempts(app, many(5, { status: 'dispatching', ago: 9 }));
    await app.sql(
      `insert into workers (name, host, process_id, started_at, seen_at)
       select 'past', 'host', 1, now(), min(fenced_at) + make_interval(secs => ?) from payout_attempts where worker = 'past'`,
      [seenAfterS],
    );
    expect(await breaker()).toBe(expected);
    await app.sql("delete from workers where name = 'past'");
  });

  test('lets exactly one payout try, however many come at once, and closes when it is taken', async () => {
    await pastAttempts(app, unknown(6, 70));
    const waiting = await Promise.all(Array.from({ length: 4 }, () => approved(app)));
    app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'late', delayMs: 800 });
    const sending = waiting.map(({ id }) => dispatchPayout(app.jobs.context, { withdrawalId: id }));
    const fenced = async () =>
      (await app.sql("select 1 from payout_attempts where status = 'dispatching' and worker <> 'past'")).length;
    await expect.poll(fenced).toBe(1);
    const rows = () => Promise.all(waiting.map((each) => shown(app, each)));
    await expect.poll(async () => (await rows()).filter((row) => row.waitReason === 'breaker').length).toBe(3);
    await Promise.all(sending);
    expect(waiting.flatMap((each) => paidOut(app, each))).toHaveLength(1);
    expect(await breaker()).toBe('closed');
    await app.jobs.hurry('payout.dispatch');
    expect(waiting.flatMap((each) => paidOut(app, each))).toHaveLength(4);
  });

  test('opens within ten seconds when the pool hangs, and announces it once, as its closing', async () => {
    await pastAttempts(app, many(5, { status: 'dispatching', ago: 8.1 }));
    await Promise.all([announce(), announce(), announce()]);
    expect((await status()).openBreakers).toMatchObject([{ scope: 'provider', target: 'hashdam' }]);
    await forgetAttempts(app);
    await Promise.all([announce(), announce()]);
    expect((await status()).openBreakers).toEqual([]);
    const told = await app.sql<{ action: string; reason: string | null }>(
      `select action, reason from audit_events where action like 'breaker.%' and subject_id = 'hashdam' order by id desc limit 3`,
    );
    expect(told.map(({ action }) => action).slice(0, 2)).toEqual(['breaker.closed', 'breaker.opened']);
    expect(told[1]?.reason).toBe('payouts_failed 5');
    expect(told[2]?.action).not.toBe('breaker.opened');
  });
});

describe('the breaker by value', () => {
  test('lets nothing more out once the limit of an hour is reached, and other assets go on', async () => {
    await pastAttempts(app, [
      { status: 'confirmed', asset: 'DOGE', amount: '60', ago: 3_000 },
      { status: 'not_executed', error: 'refused', asset: 'DOGE', amount: '500', ago: 100 },
      { status: 'unknown', asset: 'DOGE', amount: '39.9', ago: 50 },
    ]);
    const request = await approved(app, { asset: 'DOGE', amount: '0.1' });
    await app.jobs.hurry('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
    const next = await approved(app, { asset: 'DOGE', amount: '0.2' });
    const other = await approved(app);
    await app.jobs.hurry('payout.dispatch');
    expect(await shown(app, next)).toMatchObject({ waitReason: 'breaker', attempts: [] });
    expect(paidOut(app, other)).toHaveLength(1);
    await announce();
    expect((await status()).openBreakers).toMatchObject([{ scope: 'asset', target: 'DOGE' }]);
  });

  test('is not passed by two that are fenced at the same moment, however late each commits', async () => {
    await pastAttempts(app, [{ status: 'confirmed', asset: 'DOGE', amount: '99.9', ago: 50 }]);
    const both = [
      await approved(app, { asset: 'DOGE', amount: '0.3' }),
      await approved(app, { asset: 'DOGE', amount: '0.4' }),
    ];
    let fencing = both.length;
    const bothAreFenced = Promise.withResolvers<void>();
    const sender = { worker: 'test', deadlineMs: 1_000, transitDeadlineMs: 1_000, mayLeave: () => true };
    const fences = both.map(({ id: withdrawalId }) =>
      app.container.sessions.inTransaction(async ({ payoutFence }) => {
        await payoutFence.fence({ withdrawalId, before: null }, sender, WORKER);
        fencing -= 1;
        if (fencing === 0) bothAreFenced.resolve();
        await bothAreFenced.promise;
      }),
    );
    const ends = await Promise.allSettled(fences);
    expect(ends.map(({ status: end }) => end).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status: end }) => end === 'rejected')).toMatchObject({ reason: { code: 'system.busy' } });
    await app.jobs.hurry('payout.dispatch');
    expect((await Promise.all(both.map((each) => shown(app, each)))).map((row) => row.waitReason)).toContain('breaker');
  });
});

describe('an answer that says an address or a form is wrong', () => {
  test.each([302, 400, 422])('HTTP %i costs one payout: the provider is paused', async (httpStatus) => {
    await app.jobs.hurry('payout.dispatch');
    app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'status', status: httpStatus });
    const requests = [await approved(app), await approved(app)];
    await app.jobs.hurry('payout.dispatch');
    const rows = await Promise.all(requests.map((request) => shown(app, request)));
    expect(rows.map(({ status: word, waitReason }) => `${word} ${waitReason}`).toSorted()).toEqual([
      'approved provider_paused',
      'manual-review null',
    ]);
    const hashdam = (await status()).providers.find(({ provider }) => provider === 'hashdam');
    expect(hashdam).toMatchObject({ condition: 'paused', reason: expect.stringMatching(/^http_/) });
    const { caller } = await operatorOf(app, 'admin');
    await caller.system.resumeProvider({ provider: 'hashdam', reason: 'mended' });
    await app.jobs.hurry('payout.dispatch');
    expect(requests.flatMap((request) => paidOut(app, request))).toHaveLength(1);
  });
});
