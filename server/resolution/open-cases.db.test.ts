import { afterAll, beforeAll, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { leaseIsLost, listed, sweep } from '#server/testing/unknown-payouts.ts';
import { approved, operatorOf, purse, quietFor } from '#server/testing/withdrawals.ts';

/** Whatever the pool's list has shown, the people who look at it must come to an end with it. */
const BELLS = { asset: 'BELLS', amount: '10' };
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { QUIET_PERIOD_MS: '1', PROVIDER_DEADLINE_MS: '250' } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const finance = async (name: string) => (await operatorOf(app, 'finance', name)).caller;

/** Lost, and what the pool listed before it could not be read, so that no row is bound by itself. */
async function lostUnread(amount: string) {
  const request = await approved(app, { ...BELLS, amount });
  const sender = { worker: 'gone', deadlineMs: 250, transitDeadlineMs: 250, mayLeave: () => true };
  const order = await app.container.sessions.inTransaction(({ payoutFence }) =>
    payoutFence.fence({ withdrawalId: request.id, before: null }, sender, WORKER),
  );
  await leaseIsLost(app, request);
  return { ...request, attemptId: order?.attemptId ?? '' };
}

async function notPaid({ id }: { id: string }, evidence: string[]) {
  const call = { id, outcome: 'not_paid' as const, payAgain: false, evidence, note: 'in no list' };
  await (await finance('first')).withdrawals.resolve(call);
  return (await finance('second')).withdrawals.resolve(call);
}

test('a row that was under way when it was read, and has failed since, bars nobody', async () => {
  const lost = await lostUnread('10.1');
  const reference = listed(app, { coin: BELLS.asset, amount: lost.amount, status: 'pending' });
  await quietFor(app, lost);
  app.hashdam.control.settle({ reference, status: 'failed' });
  expect((await notPaid(lost, [await quietFor(app, lost)])).withdrawal.status).toBe('failed');
  expect(await purse(app, lost)).toBe('100/0/0/0');
});

test('a row from before our first payment of the coin is for people to explain, when it could be taken for an open one', async () => {
  const lost = await lostUnread('10.2');
  listed(app, { coin: BELLS.asset, amount: lost.amount, createAt: Date.now() - 3_600_000 });
  await sweep(app, BELLS.asset);
  const { rows } = await (await finance('first')).incidents.list({ filter: { open: true } });
  expect(rows.map(({ kind }) => kind)).toEqual(['unexplained_payout']);
  for (const name of ['first', 'second']) {
    const id = rows[0]?.id ?? '';
    await (await finance(name)).incidents.decide({ id, decision: 'explain', note: 'made by hand last week' });
  }
  expect((await notPaid(lost, [await quietFor(app, lost)])).withdrawal.status).toBe('failed');
});
