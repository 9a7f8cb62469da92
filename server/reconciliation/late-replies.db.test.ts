import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import type { ProviderEvidence } from '#server/kernel/provider-outcome.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { leaseIsLost, look, openIncidents } from '#server/testing/unknown-payouts.ts';
import {
  type Asked,
  approved,
  bookings,
  fenced,
  operatorOf,
  purse,
  shown,
  submitted,
} from '#server/testing/withdrawals.ts';
import type { PayoutOrder } from '#server/withdrawals/index.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

type Outcome = Awaited<ReturnType<TestApplication['container']['shared']['pool']['requestWithdrawal']>>;
type Said = Outcome extends infer Each ? (Each extends unknown ? Omit<Each, 'evidence'> : never) : never;

const evidence: ProviderEvidence = {
  provider: 'hashdam',
  method: 'assetWithdrawRequest',
  bytesWritten: true,
  startedAt: new Date().toISOString(),
  endedAt: new Date().toISOString(),
};

/** The lease is over and nothing is known; then its one sender comes back with this. */
async function saidLate(said: Said, asset = 'LTC'): Promise<Asked & { order: PayoutOrder }> {
  const request = await approved(app, { asset });
  const order = await fenced(app, request);
  if (!order) throw new Error('there was nothing to send');
  await leaseIsLost(app, request);
  const outcome = { ...said, evidence } as Outcome;
  await app.container.sessions.inTransaction(({ payouts }) => payouts.record(order, outcome, WORKER));
  expect((await shown(app, request)).status).toBe('manual-review');
  expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1 });
  await app.jobs.drain('payout.look-up');
  return { ...request, order };
}

describe('a reply that came after its lease counts at the next look', () => {
  test('scenario 8: taken and named: it is followed by its name', async () => {
    const request = await saidLate({ kind: 'accepted', value: { reference: 'late-1' } });
    expect(await shown(app, request)).toMatchObject({ status: 'submitted', attempts: [{ reference: 'late-1' }] });
  });

  test('taken under a name that another attempt has: an incident, and it stays unknown', async () => {
    const amount = '0.0808';
    const first = await submitted(app, { asset: 'DOGE', amount });
    const request = await approved(app, { asset: 'DOGE', amount });
    const order = await fenced(app, request);
    await leaseIsLost(app, request);
    const outcome = { kind: 'accepted', value: { reference: first.reference }, evidence } as const;
    if (order) await app.container.sessions.inTransaction(({ payouts }) => payouts.record(order, outcome, WORKER));
    await look(app);
    await look(app);
    expect((await openIncidents(app, 'DOGE')).map(({ kind }) => kind)).toEqual(['reference_used']);
    expect(await shown(app, request)).toMatchObject({ status: 'manual-review', attempts: [{ reference: null }] });
  });

  test('it did not run and may be tried again: it goes on as approved, and that burns no retry', async () => {
    const request = await saidLate({ kind: 'rejected', retry: 'again', retryAfterMs: 90_000, reason: 'rate_limited' });
    expect(await shown(app, request)).toMatchObject({
      status: 'approved',
      attempts: [{ status: 'not_executed', error: 'rate_limited' }],
    });
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, RETURN: 1 });
    const [row] = await app.sql<{ counted: boolean; s: string }>(
      `select a.counted, extract(epoch from w.next_attempt_at - now()) as s
       from withdrawals w join payout_attempts a on a.withdrawal_id = w.id where w.id = ?`,
      [request.id],
    );
    expect(row?.counted).toBe(false);
    expect(Number(row?.s)).toBeGreaterThan(60);
    await app.jobs.hurry('payout.dispatch');
    expect((await shown(app, request)).status).toBe('submitted');
  });

  test('it did not run for want of coins: it waits for funds', async () => {
    const request = await saidLate({ kind: 'rejected', retry: 'when_funded', reason: 'balance_too_low' });
    expect(await shown(app, request)).toMatchObject({ status: 'approved', waitReason: 'funds' });
  });

  test('it did not run and never will: it has failed, and the money is free', async () => {
    const request = await saidLate({ kind: 'rejected', retry: 'never', reason: 'coin_not_supported' });
    expect((await shown(app, request)).status).toBe('failed');
    expect(await purse(app, request)).toBe('100/0/0/0');
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, RETURN: 1, RELEASE: 1 });
  });

  test('it says nothing: it stays unknown', async () => {
    const request = await saidLate({ kind: 'unknown', reason: 'connection_lost' });
    expect((await shown(app, request)).status).toBe('manual-review');
  });

  test('it contradicts itself: it stays unknown, and people are told, once', async () => {
    const request = await saidLate({ kind: 'unknown', incident: 'echo_mismatch', reason: 'echo_mismatch' }, 'BELLS');
    await look(app);
    expect((await openIncidents(app, 'BELLS')).map(({ kind }) => kind)).toEqual(['echo_mismatch']);
    expect(await shown(app, request)).toMatchObject({ status: 'manual-review', attempts: [{ reference: null }] });
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1 });
  });

  test('it shows that the provider is set up wrongly: sending stops once, and goes on when people resume it', async () => {
    const request = await saidLate({ kind: 'unknown', pausesProvider: true, reason: 'http_redirect' });
    const pause = () => app.sql(`select pause_reason from provider_states where provider = 'hashdam'`);
    expect(await pause()).toEqual([{ pause_reason: 'http_redirect' }]);
    const { caller } = await operatorOf(app, 'admin');
    await caller.system.resumeProvider({ provider: 'hashdam', reason: 'address mended' });
    await look(app);
    expect(await pause()).toEqual([{ pause_reason: null }]);
    expect((await shown(app, request)).status).toBe('manual-review');
  });

  test('the configuration is wrong: it waits, and the provider is paused', async () => {
    const request = await saidLate({ kind: 'blocked', scope: 'provider', reason: 'api_key_invalid' });
    expect(await shown(app, request)).toMatchObject({ status: 'approved', waitReason: 'configuration' });
    const [state] = await app.sql(`select pause_reason from provider_states where provider = 'hashdam'`);
    expect(state).toEqual({ pause_reason: 'api_key_invalid' });
  });
});
