import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { type Asked, approved, paidOut, shown, whateverMayCome } from '#server/testing/withdrawals.ts';
import { leaseIsOver, signal, startWorkerProcess } from '#server/testing/worker-process.ts';
import type { Child } from '../../scripts/processes/child.ts';

const PATIENCE = { timeout: 25_000, interval: 50 };
const STOPPED_WITHIN_MS = 10_000;
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

/** Asks a worker to end while it pays, and says how long it took. */
async function stoppedWhilePaying(request: Asked, worker: Child): Promise<number> {
  await vi.waitFor(() => expect(paidOut(app, request)).toHaveLength(1), PATIENCE);
  const asked = performance.now();
  signal(worker, 'SIGTERM');
  expect(await worker.ended).toBe(143);
  return performance.now() - asked;
}

/** What can be proven of the process that sent it. */
async function senderOf({ id }: Asked): Promise<string> {
  const [row] = await app.sql<{ worker: string }>('select worker from payout_attempts where withdrawal_id = ?', [id]);
  return app.container.sessions.withoutTransaction(({ system }) => system.workerState(row?.worker ?? ''));
}

describe('a worker that is told to stop', () => {
  test('waits for the reply that is on its way, and writes it down', { timeout: 60_000 }, async () => {
    app.hashdam.control.fault({ method: METHOD, fault: 'late', delayMs: 1_500 });
    const worker = await startWorkerProcess(app, { folder, workers });
    const request = await approved(app);
    expect(await stoppedWhilePaying(request, worker)).toBeLessThan(STOPPED_WITHIN_MS);
    expect(await shown(app, request)).toMatchObject({ status: 'submitted', attempts: [{ status: 'submitted' }] });
    expect(await senderOf(request)).toBe('gone');
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, request)).status).toBe('completed');
    await whateverMayCome(app);
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('does not wait for ever; what it leaves is found by the next one', { timeout: 60_000 }, async () => {
    app.hashdam.control.fault({ method: METHOD, fault: 'hang_after' });
    const worker = await startWorkerProcess(app, { folder, workers });
    const request = await approved(app);
    expect(await stoppedWhilePaying(request, worker)).toBeLessThan(STOPPED_WITHIN_MS);
    expect(await shown(app, request)).toMatchObject({ status: 'approved', attempts: [{ status: 'dispatching' }] });
    expect(await senderOf(request)).not.toBe('gone');
    await leaseIsOver(app, request);
    await app.jobs.hurry('payout.recover');
    expect((await shown(app, request)).status).toBe('manual-review');
    await whateverMayCome(app);
    expect((await shown(app, request)).status).toBe('completed');
    expect(paidOut(app, request)).toHaveLength(1);
  });
});
