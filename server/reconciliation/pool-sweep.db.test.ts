import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { agreed } from '#server/testing/decisions.ts';
import { JobRunner } from '#server/testing/job-runner.ts';
import {
  explainAll,
  listed,
  look,
  lostPayout,
  openIncidents,
  sweep,
  whyUnbound,
} from '#server/testing/unknown-payouts.ts';
import { type Asked, approved, bookings, purse, refusal, shown, submitted } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { PROVIDER_DEADLINE_MS: '250' } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const kinds = async (asset: string) => (await openIncidents(app, asset)).map(({ kind }) => kind);
const attemptOf = async ({ id }: Asked) => {
  const [row] = await app.sql<Record<string, unknown>>(
    'select id, status, reference, late_at, taken_back_at from payout_attempts where withdrawal_id = ?',
    [id],
  );
  return row;
};
const earlier = (of: Asked, column: 'failed_seen_at', seconds: number) =>
  app.sql(`update payout_attempts set ${column} = ${column} - ? * interval '1 second' where withdrawal_id = ?`, [
    seconds,
    of.id,
  ]);

/** Two people said that it was not paid: the attempt is closed without a row. */
async function closedByPeople(asset: string): Promise<Asked> {
  const request = await lostPayout(app, { asset });
  await app.container.sessions.inTransaction(async ({ paying }) => {
    const withdrawal = await paying.withdrawals.lock(request.id);
    const [attempt] = await paying.payoutAttempts.attempts(request.id);
    if (!attempt) throw new Error('there is no attempt');
    attempt.closedByPeople = true;
    attempt.move('resolve_not_paid', new Date());
    await paying.mover.move(withdrawal, 'resolve_not_paid', { by: WORKER, attemptId: attempt.id, reason: 'test' });
  });
  return request;
}

async function failedAtPool(asset: string): Promise<Asked & { reference: string }> {
  const sent = await submitted(app, { asset });
  app.hashdam.control.settle({ reference: sent.reference, status: 'failed' });
  await look(app);
  await earlier(sent, 'failed_seen_at', 30);
  await look(app);
  expect((await shown(app, sent)).status).toBe('failed');
  return sent;
}

async function completedAtPool(asset: string): Promise<Asked & { reference: string }> {
  const sent = await submitted(app, { asset });
  app.hashdam.control.settle({ reference: sent.reference });
  await look(app);
  expect((await shown(app, sent)).status).toBe('completed');
  return sent;
}

describe('scenario 14: somebody withdraws by hand at the pool', () => {
  test('a row that is no payment of ours is an incident, once, and nothing of the coin is bound while it is open', async () => {
    const coin = 'LTC';
    const request = await lostPayout(app, { asset: coin });
    listed(app, { coin, amount: '0.777' });
    await sweep(app, coin);
    await sweep(app, coin);
    expect(await kinds(coin)).toEqual(['unexplained_payout']);
    listed(app, { coin, amount: request.amount });
    await look(app);
    expect(await whyUnbound(app, request)).toBe('open_incident');
    expect((await shown(app, request)).status).toBe('manual-review');
    await explainAll(app, 'registered');
    await look(app);
    expect((await shown(app, request)).status).toBe('submitted');
    await sweep(app, coin);
    expect(await kinds(coin)).toEqual([]);
  });

  test('scenario 49: a row that people have registered is never bound to an attempt that it would fit', async () => {
    const coin = 'LTC';
    const request = await approved(app, { asset: coin });
    listed(app, { coin, amount: request.amount, createAt: Date.now() - 60_000 });
    await sweep(app, coin);
    await explainAll(app, 'registered');
    await app.sql(`delete from pool_history_reads where asset = 'LTC'`);
    app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'drop_before' });
    await app.jobs.drain('payout.dispatch');
    await look(app);
    expect(await whyUnbound(app, request)).toBe('no_row');
    expect(await kinds(coin)).toEqual([]);
  });

  test('rows from before the coin was watched are nobody’s business', async () => {
    listed(app, { coin: 'BELLS', amount: '3', createAt: Date.now() - 86_400_000 });
    await sweep(app, 'BELLS', { whole: true });
    expect(await kinds('BELLS')).toEqual([]);
  });
});

describe('a payment that was taken for not made shows up as made', () => {
  test('scenario 25: failed twice, then completed: booked as late, held, an incident, and the member keeps what was freed', async () => {
    const sent = await failedAtPool('DOGE');
    expect(await purse(app, sent)).toBe('100/0/0/0');
    app.hashdam.control.settle({ reference: sent.reference, status: 'completed' });
    await sweep(app, 'DOGE', { whole: true });
    await sweep(app, 'DOGE', { whole: true });
    expect(await kinds('DOGE')).toEqual(['late_success']);
    expect(await shown(app, sent)).toMatchObject({ status: 'failed', hold: { reason: 'late_success' } });
    expect(await attemptOf(sent)).toMatchObject({ status: 'not_executed', late_at: expect.anything() });
    expect(await bookings(app, sent)).toEqual({ HOLD: 1, DISPATCH: 1, RETURN: 1, RELEASE: 1, LATE: 1 });
    expect(await purse(app, sent)).toBe('100/0/0/0');
  });

  test('scenario 23: closed by people without a row, then the row that only fits it: late, whoever of two sweeps is first', async () => {
    const request = await closedByPeople('LKY');
    const reference = listed(app, { coin: 'LKY', amount: request.amount, fee: '1' });
    const { sessions } = app.container;
    await sessions.inTransaction(async ({ jobs }) => {
      await jobs.send('pool.sweep', { asset: 'LKY' });
      await jobs.send('pool.sweep', { asset: 'LKY' });
    });
    await Promise.all([app.jobs.drain('pool.sweep'), new JobRunner(app.container, 'other').drain('pool.sweep')]);
    expect(await kinds('LKY')).toEqual(['late_success']);
    expect(await attemptOf(request)).toMatchObject({ reference, late_at: expect.anything() });
    expect((await bookings(app, request))['LATE']).toBe(1);
    const fees = await app.sql<{ sum: string }>(
      `select trim_scale(sum(e.amount))::text as sum from ledger_entries e
       join ledger_transactions t on t.id = e.transaction_id
       where t.kind = 'LATE' and t.withdrawal_id = ? and e.code = 'expense:pool_fee'`,
      [request.id],
    );
    expect(fees[0]?.sum).toBe('1');
  });

  test('two rows that would fit it are two riddles: people look at both, nothing is booked', async () => {
    const request = await closedByPeople('PEP');
    listed(app, { coin: 'PEP', amount: request.amount });
    listed(app, { coin: 'PEP', amount: request.amount });
    await sweep(app, 'PEP');
    expect(await kinds('PEP')).toEqual(['unexplained_payout', 'unexplained_payout']);
    expect((await bookings(app, request))['LATE']).toBeUndefined();
  });

  test('scenario 43: nothing is sent for the withdrawal before the late payment is decided', async () => {
    const request = await closedByPeople('JKC');
    await app.container.sessions.inTransaction(async ({ paying }) => {
      const withdrawal = await paying.withdrawals.lock(request.id);
      await paying.mover.move(withdrawal, 'reopen', { by: WORKER, reason: 'test' });
    });
    listed(app, { coin: 'JKC', amount: request.amount });
    await sweep(app, 'JKC');
    const { digest, hold } = await shown(app, request);
    expect(hold).toMatchObject({ reason: 'late_success' });
    const { caller } = await app.signedInAs('finance');
    expect(await refusal(caller.withdrawals.approve({ id: request.id, digest }))).toBe('withdrawal.on_hold');
  });
});

describe('a payment that is listed twice, made and not made', () => {
  test('is for people, and not brought up again when they have closed it', async () => {
    const sent = await submitted(app, { asset: 'BELLS' });
    await look(app);
    expect((await shown(app, sent)).status).toBe('completed');
    const again = { coin: 'BELLS', amount: sent.amount, withdrawId: sent.reference };
    listed(app, { ...again, status: 'failed' });
    await sweep(app, 'BELLS', { whole: true });
    const [incident] = await app.sql<{ id: string }>('select id from incidents where withdrawal_id = ?', [sent.id]);
    expect(await kinds('BELLS')).toEqual(['history_contradicts']);
    await agreed(app, incident?.id ?? '', { decision: 'close' });
    await sweep(app, 'BELLS', { whole: true });
    expect(await kinds('BELLS')).toEqual([]);
    listed(app, { ...again, status: 'canceled' });
    await sweep(app, 'BELLS', { whole: true });
    expect(await kinds('BELLS')).toEqual(['history_contradicts']);
  });
});

describe('scenario 24: a payment that was taken for made is taken back', () => {
  test('read once it proves nothing; read twice 30 s apart it is an incident, and nothing is booked', async () => {
    const sent = await completedAtPool('DINGO');
    const before = await purse(app, sent);
    app.hashdam.control.settle({ reference: sent.reference, status: 'canceled' });
    await sweep(app, 'DINGO', { whole: true });
    await sweep(app, 'DINGO', { whole: true });
    expect(await kinds('DINGO')).toEqual([]);
    await earlier(sent, 'failed_seen_at', 30);
    await sweep(app, 'DINGO', { whole: true });
    expect(await kinds('DINGO')).toEqual(['provider_reversed']);
    expect(await attemptOf(sent)).toMatchObject({ status: 'confirmed', taken_back_at: expect.anything() });
    expect(await purse(app, sent)).toBe(before);
    expect(await bookings(app, sent)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
  });

  test('a second reading counts from when it was begun, however long it took', async () => {
    const sent = await completedAtPool('JKC');
    app.hashdam.control.settle({ reference: sent.reference, status: 'failed' });
    await sweep(app, 'JKC', { whole: true });
    const { sessions } = app.container;
    const read = await sessions.withoutTransaction(({ poolSweep }) => poolSweep.read('JKC'));
    if (!read) throw new Error('the pool could not be read');
    await app.sql(
      `update payout_attempts set failed_seen_at = clock_timestamp() - interval '30 seconds' where withdrawal_id = ?`,
      [sent.id],
    );
    const findings = await sessions.withoutTransaction(({ poolSweep }) => poolSweep.findings(read));
    expect(findings).toMatchObject([{ kind: 'taken_back', row: { reference: sent.reference } }]);
    for (const finding of findings) await sessions.inTransaction(({ poolSweep }) => poolSweep.take(finding, WORKER));
    expect(await attemptOf(sent)).toMatchObject({ taken_back_at: null });
    await sweep(app, 'JKC', { whole: true });
    expect(await attemptOf(sent)).toMatchObject({ taken_back_at: expect.anything() });
  });

  test('and when it is paid again in between, the first reading no longer counts', async () => {
    const sent = await completedAtPool('SHIC');
    const say = async (status: string) => {
      app.hashdam.control.settle({ reference: sent.reference, status });
      await sweep(app, 'SHIC', { whole: true });
    };
    await say('failed');
    await say('completed');
    await say('failed');
    await earlier(sent, 'failed_seen_at', 20);
    await say('failed');
    expect(await kinds('SHIC')).toEqual([]);
  });
});
