import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dispatchPayout } from '#server/jobs/dispatch-payout.ts';
import type { JobContext } from '#server/jobs/job-context.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { frozen, lifted } from '#server/testing/freezes.ts';
import { approved, bookings, paidOut, shown } from '#server/testing/withdrawals.ts';
import { FreezeWatch } from './index.ts';

const LTC = { provider: 'hashdam', asset: 'LTC', walletId: null } as const;
const DOGE = { provider: 'hashdam', asset: 'DOGE', walletId: null } as const;
let app: TestApplication;
let watch: FreezeWatch;
const errors: unknown[] = [];

beforeAll(async () => {
  app = await testApplication();
});
beforeEach(() => {
  watch = new FreezeWatch({ url: app.container.config.databaseDirectUrl, onError: (error) => errors.push(error) });
});
afterEach(() => watch.stop());
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const mayLeave = (asset: 'LTC' | 'DOGE' = 'LTC') => watch.mayLeave(asset === 'LTC' ? LTC : DOGE);
const soon = (expected: boolean, asset: 'LTC' | 'DOGE' = 'LTC') =>
  expect.poll(() => mayLeave(asset), { timeout: 5_000, interval: 5 }).toBe(expected);
async function watching() {
  await watch.start();
  expect(mayLeave()).toBe(true);
}

describe('what this process knows without asking', () => {
  test('is nothing before the first reading, and nothing may leave', async () => {
    const started = watch.start();
    expect(mayLeave()).toBe(false);
    await started;
    expect(mayLeave()).toBe(true);
  });

  test('is a freeze as soon as it is committed, and its lift', async () => {
    await watching();
    const freeze = await frozen(app, { scope: 'asset', target: 'LTC' });
    await soon(false);
    await soon(true, 'DOGE');
    expect(mayLeave()).toBe(false);
    await lifted(app, freeze);
    await soon(true);
  });

  test('is a paused provider as well', async () => {
    await watching();
    await app.sql("update provider_states set paused_at = now(), pause_reason = 'key' where provider = 'hashdam'");
    await soon(false);
    const mblock = { provider: 'mblock', asset: 'BSC:BNB', walletId: null } as const;
    await expect.poll(() => watch.mayLeave(mblock), { timeout: 5_000 }).toBe(true);
    expect(mayLeave()).toBe(false);
    await app.sql("update provider_states set paused_at = null, pause_reason = null where provider = 'hashdam'");
    await soon(true);
  });

  test('is nothing while the connection is lost, and what happened meanwhile once it is back', async () => {
    await watching();
    const cut = () =>
      app.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'countersign watch' and datname = current_database()",
      );
    await cut();
    await soon(false);
    await soon(true);
    const [, freeze] = await Promise.all([cut(), frozen(app, { scope: 'all' })]);
    await soon(false);
    // Read again over a new connection: known, not only uncertain.
    await expect.poll(() => watch.mayLeave(DOGE), { timeout: 5_000 }).toBe(false);
    await lifted(app, freeze);
    await soon(true);
    expect(errors.length).toBeGreaterThan(0);
  });

  test('is nothing where no database answers', async () => {
    const url = new Secret('postgres://nobody:nothing@127.0.0.1:1/none');
    const blind = new FreezeWatch({ url, onError: (error) => errors.push(error) });
    const before = errors.length;
    await blind.start();
    expect(errors.length).toBeGreaterThan(before);
    expect(blind.mayLeave(LTC)).toBe(false);
    await blind.stop();
  });
});

describe('a payout whose fence has been committed', () => {
  /** The worker's context, with something that happens right after the fence. */
  const after = (fence: () => Promise<unknown>): JobContext => {
    let fenced = false;
    const { sessions } = app.jobs.context;
    return {
      ...app.jobs.context,
      sessions: {
        withoutTransaction: (work) => sessions.withoutTransaction(work),
        async inTransaction(work) {
          const result = await sessions.inTransaction(work);
          if (!fenced) await fence();
          fenced = true;
          return result;
        },
      },
    };
  };
  const heldBack = { status: 'approved', attempts: [{ status: 'not_executed', error: 'held_back' }] };

  test('is held back before it connects when a freeze came after the fence', async () => {
    const request = await approved(app);
    const freezes: { id: string }[] = [];
    const context = after(async () => freezes.push(await frozen(app, { scope: 'all' })));
    await dispatchPayout(context, { withdrawalId: request.id });
    expect(await shown(app, request)).toMatchObject(heldBack);
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, RETURN: 1 });
    await app.jobs.hurry('payout.dispatch');
    expect(await shown(app, request)).toMatchObject({ status: 'approved', waitReason: 'frozen' });
    for (const freeze of freezes) await lifted(app, freeze);
    await app.jobs.hurry('payout.dispatch');
    expect((await shown(app, request)).attempts.map(({ status }) => status)).toEqual(['not_executed', 'submitted']);
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('is held back in the tick of the first byte, and the pool never sees a request', async () => {
    const request = await approved(app);
    const answers = [true, true, false];
    const context = { ...app.jobs.context, mayLeave: () => answers.shift() ?? false };
    await dispatchPayout(context, { withdrawalId: request.id });
    expect(answers).toEqual([]);
    expect(paidOut(app, request)).toEqual([]);
    const [evidence] = await app.sql<{ written: boolean }>(
      `select (e.body->'evidence'->>'bytesWritten')::boolean as written from payout_evidence e
       join payout_attempts a on a.id = e.attempt_id where a.withdrawal_id = ?`,
      [request.id],
    );
    expect(evidence).toEqual({ written: false });
    expect(await shown(app, request)).toMatchObject(heldBack);
  });

  test('burns no try when it is held back', async () => {
    const request = await approved(app);
    for (let round = 0; round < 6; round += 1) {
      const answers = [true, false];
      const context = { ...app.jobs.context, mayLeave: () => answers.shift() ?? false };
      await dispatchPayout(context, { withdrawalId: request.id });
      await app.sql('update withdrawals set next_attempt_at = now() where next_attempt_at > now()');
    }
    const { status, attempts } = await shown(app, request);
    expect([status, attempts.length]).toEqual(['approved', 6]);
    await app.jobs.hurry('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('is not even begun by a worker that cannot tell what is frozen', async () => {
    const request = await approved(app);
    await dispatchPayout({ ...app.jobs.context, mayLeave: () => false }, { withdrawalId: request.id });
    expect(await shown(app, request)).toMatchObject({ status: 'approved', waitReason: 'configuration', attempts: [] });
    expect(await bookings(app, request)).toEqual({ HOLD: 1 });
    await app.jobs.hurry('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('is not sent when our own database fails before it leaves, and that leaves no doubt about it', async () => {
    const request = await approved(app);
    const { sessions } = app.jobs.context;
    let isFenced = false;
    const failing: JobContext = {
      ...app.jobs.context,
      sessions: {
        async inTransaction(work) {
          const result = await sessions.inTransaction(work);
          isFenced = true;
          return result;
        },
        withoutTransaction: (work) =>
          isFenced ? Promise.reject(new Error('gone')) : sessions.withoutTransaction(work),
      },
    };
    await dispatchPayout(failing, { withdrawalId: request.id });
    expect(await shown(app, request)).toMatchObject(heldBack);
    await app.jobs.hurry('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
  });
});
