import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { startHttpSink } from '#server/testing/sinks.ts';
import { type Asked, approved, bookings, paidOut, purse, shown } from '#server/testing/withdrawals.ts';
import { leaseIsOver, signal, startWorkerProcess } from '#server/testing/worker-process.ts';
import type { Child } from '../../scripts/processes/child.ts';

const PATIENCE = { timeout: 25_000, interval: 50 };
const METHOD = 'assetWithdrawRequest';
let app: TestApplication;
let folder = '';
const workers: Child[] = [];

beforeAll(async () => {
  app = await testApplication();
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-worker-'));
});
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const startedWorker = () => startWorkerProcess(app, { folder, workers });
const executed = (request: Asked) => vi.waitFor(() => expect(paidOut(app, request)).toHaveLength(1), PATIENCE);
const reached = (request: Asked, status: string) =>
  vi.waitFor(async () => expect((await shown(app, request)).status).toBe(status), PATIENCE);

const timeIsUp = (request: Asked) => leaseIsOver(app, request);
const dispatchDone = ({ id }: Asked) =>
  vi.waitFor(async () => {
    const left = await app.sql(
      `select state from pgboss.job where name = 'payout.dispatch' and data->>'withdrawalId' = ? and state <> 'completed'`,
      [id],
    );
    expect(left).toEqual([]);
  }, PATIENCE);

describe('a worker that is killed after the pool executed and before the reply came', () => {
  test('leaves one payout behind; the next worker finds it unknown and sends nothing', {
    timeout: 60_000,
  }, async () => {
    app.hashdam.control.fault({ method: METHOD, fault: 'hang_after' });
    const first = await startedWorker();
    const request = await approved(app);
    await executed(request);
    signal(first, 'SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    expect(await shown(app, request)).toMatchObject({ status: 'approved', attempts: [{ status: 'dispatching' }] });

    await timeIsUp(request);
    await startedWorker();
    await reached(request, 'manual-review');
    await dispatchDone(request);
    expect(await shown(app, request)).toMatchObject({ attempts: [{ no: 1, status: 'unknown', error: 'lease_lost' }] });
    expect(paidOut(app, request)).toHaveLength(1);
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1 });
    expect((await purse(app, request)).endsWith(`/${request.amount}/${request.amount}/0`)).toBe(true);
  });
});

describe('a worker that is killed while somebody is being told', () => {
  test('leaves the message to the next one, which tells it again', { timeout: 60_000 }, async () => {
    const chat = await startHttpSink();
    const environment = { ALERT_WEBHOOK_URL: `${chat.url}/services/T0/B0/hidden-token` };
    const toldAbout = (id: string) => chat.taken.filter(({ body }) => body.includes(id)).length;
    const provider = `pool-${newId()}`;
    chat.answer(0);
    const first = await startWorkerProcess(app, { folder, workers, environment });
    await app.container.sessions.inTransaction(async ({ notifications }) =>
      notifications.announce({ type: 'provider.resumed', subject: { type: 'provider', id: provider } }),
    );
    await vi.waitFor(() => expect(chat.seen.some(({ body }) => body.includes(provider))).toBe(true), PATIENCE);
    signal(first, 'SIGKILL');
    await first.ended;
    chat.answer(200);
    expect(toldAbout(provider)).toBe(0);
    // The dead worker's turn, and its hold on the job, are over.
    await app.sql('update notification_deliveries set lease_until = now(), next_at = now()');
    await app.sql(`update pgboss.job set state = 'retry', start_after = now() where state = 'active'
      and name = 'notifications.deliver'`);
    await startWorkerProcess(app, { folder, workers, environment });
    await vi.waitFor(async () => {
      const left = await app.sql(
        `select status, tries from notification_deliveries d join notification_events e on e.id = d.event_id
         where e.subject_id = ?`,
        [provider],
      );
      expect(left).toEqual([{ status: 'delivered', tries: 2 }]);
    }, PATIENCE);
    expect(toldAbout(provider)).toBe(1);
    await chat.close();
  });
});

describe('a worker that stood still past its lease', () => {
  test('finds the fence taken from it: its reply is kept and moves nothing', { timeout: 60_000 }, async () => {
    app.hashdam.control.fault({ method: METHOD, fault: 'hang_after' });
    const asleep = await startedWorker();
    const request = await approved(app);
    await executed(request);
    signal(asleep, 'SIGSTOP');
    await timeIsUp(request);
    await startedWorker();
    await reached(request, 'manual-review');
    // Awake again it meets a connection that was closed meanwhile.
    await app.hashdam.close();
    signal(asleep, 'SIGCONT');
    await vi.waitFor(async () => {
      const rows = await app.sql(
        `select body->>'late' as late from payout_evidence e join payout_attempts a on a.id = e.attempt_id where a.withdrawal_id = ?`,
        [request.id],
      );
      expect(rows).toEqual([{ late: 'true' }]);
    }, PATIENCE);
    expect(await shown(app, request)).toMatchObject({
      status: 'manual-review',
      attempts: [{ status: 'unknown', error: 'lease_lost' }],
    });
    expect(paidOut(app, request)).toHaveLength(1);
  });
});
