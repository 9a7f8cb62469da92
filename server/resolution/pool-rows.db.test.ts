import { afterAll, beforeAll, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { listed } from '#server/testing/unknown-payouts.ts';
import { documented, operatorOf, refusal, shown, unknown } from '#server/testing/withdrawals.ts';

const ASSET = 'BELLS';
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const finance = async (name = 'first') => (await operatorOf(app, 'finance', name)).caller;

/** The pool's list is read and held against ours; resolves to the incident about the row. */
async function noticed(reference: string): Promise<string> {
  await app.container.sessions.inTransaction(({ jobs }) => jobs.send('pool.sweep', { asset: ASSET }));
  await app.jobs.drain('pool.sweep');
  const [incident] = await app.sql<{ id: string }>(
    `select id from incidents where kind = 'unexplained_payout' and subject like ?`,
    [`${reference} %`],
  );
  return incident?.id ?? '';
}

async function agreed(id: string, decision: 'register' | 'explain') {
  for (const name of ['first', 'second']) {
    await (await finance(name)).incidents.decide({ id, decision, note: `made by hand, says ${name}` });
  }
}

const booked = (incident: string) =>
  app.sql<{ code: string; amount: string }>(
    `select e.code, trim_scale(sum(e.amount))::text as amount from ledger_transactions t
       join ledger_entries e on e.transaction_id = t.id where t.incident_id = ? group by e.code order by e.code`,
    [incident],
  );

/** Something of the coin was paid before, so that the coin is watched. */
test('scenario 14: a payout made by hand at the pool is the company’s, says two people, and the coin goes on', async () => {
  await unknown(app, { asset: ASSET, amount: '3' });
  const incident = await noticed(listed(app, { coin: ASSET, amount: '7', fee: '0.1' }));
  const { decisions } = await (await finance()).incidents.get({ id: incident });
  expect(decisions).toEqual([
    { decision: 'register', allowed: true },
    { decision: 'explain', allowed: true },
  ]);
  await agreed(incident, 'register');
  expect(await booked(incident)).toEqual([
    { code: 'company', amount: '7' },
    { code: 'expense:pool_fee', amount: '0.1' },
    { code: 'pool:hashdam', amount: '-7.1' },
  ]);
  await app.container.sessions.inTransaction(({ jobs }) => jobs.send('pool.sweep', { asset: ASSET }));
  await app.jobs.drain('pool.sweep');
  expect((await (await finance()).incidents.get({ id: incident })).closedAt).not.toBeNull();
  const open = await (await finance()).incidents.list({ filter: { open: true, kind: 'unexplained_payout' } });
  expect(open.rows).toEqual([]);
});

test('a payout made by hand is booked as the pool takes its fees, where that is known', async () => {
  await app.sql(
    `insert into pool_fee_modes (asset, mode, day, since) values (?, 'inside', '2026-01-01', '2026-01-01')`,
    [ASSET],
  );
  const incident = await noticed(listed(app, { coin: ASSET, amount: '7.5', fee: '0.1' }));
  await agreed(incident, 'register');
  await app.sql('delete from pool_fee_modes');
  expect(await booked(incident)).toEqual([
    { code: 'company', amount: '7.4' },
    { code: 'expense:pool_fee', amount: '0.1' },
    { code: 'pool:hashdam', amount: '-7.5' },
  ]);
});

test('scenario 49: a row that people explained is never bound, and no withdrawal is called paid by it', async () => {
  const reference = listed(app, { coin: ASSET, amount: '8' });
  const incident = await noticed(reference);
  await agreed(incident, 'explain');
  expect(await booked(incident)).toEqual([]);
  const lost = await unknown(app, { asset: ASSET, amount: '8' });
  await app.jobs.hurry('payout.look-up');
  expect((await shown(app, lost)).status).toBe('manual-review');
  const [sheet] = (await (await finance()).withdrawals.evidence({ id: lost.id })).attempts;
  expect(sheet?.taken).toEqual([reference]);
  const evidence = [await documented(app, lost)];
  const call = { id: lost.id, outcome: 'paid' as const, reference, evidence, note: 'the same amount' };
  expect(await refusal((await finance()).withdrawals.resolve(call))).toBe('withdrawal.reference_used');
});

test('a row that somebody else claimed meanwhile is not registered a second time', async () => {
  const reference = listed(app, { coin: ASSET, amount: '9' });
  const incident = await noticed(reference);
  await (await finance()).incidents.decide({ id: incident, decision: 'register', note: 'by hand' });
  await app.container.sessions.inTransaction(async ({ poolRowClaims, incidents }) => {
    await poolRowClaims.claim((await incidents.get(incident)).detail as never, { how: 'explained' }, WORKER);
  });
  const second = (await finance('second')).incidents.decide({ id: incident, decision: 'register', note: 'by hand' });
  expect(await refusal(second)).toBe('incident.decision_unfit');
  expect(await booked(incident)).toEqual([]);
});

test('a payout by hand that was under way when it was noticed is registered once it is completed', async () => {
  const reference = listed(app, { coin: ASSET, amount: '6', status: 'pending' });
  const incident = await noticed(reference);
  const first = (await finance()).incidents.decide({ id: incident, decision: 'register', note: 'by hand' });
  expect(await refusal(first)).toBe('incident.decision_unfit');
  app.hashdam.control.settle({ reference });
  await noticed(reference);
  await agreed(incident, 'register');
  expect(await booked(incident)).toEqual([
    { code: 'company', amount: '6' },
    { code: 'pool:hashdam', amount: '-6' },
  ]);
});

test('a row in question that two people name as a payment is in question no longer', async () => {
  const lost = await unknown(app, { asset: ASSET, amount: '5' });
  const reference = listed(app, { coin: ASSET, amount: '5', createAt: Date.now() + 3_600_000 });
  const incident = await noticed(reference);
  const evidence = [await documented(app, lost)];
  const call = { id: lost.id, outcome: 'paid' as const, reference, evidence, note: 'listed an hour later' };
  for (const name of ['first', 'second']) await (await finance(name)).withdrawals.resolve(call);
  expect((await (await finance()).incidents.get({ id: incident })).closedAt).not.toBeNull();
});

test('one that turned out to be a payment of ours is explained by that, and books nothing', async () => {
  const lost = await unknown(app, { asset: ASSET, amount: '4' });
  const incident = await noticed(listed(app, { coin: ASSET, amount: '4', createAt: Date.now() + 3_600_000 }));
  await app.container.sessions.inTransaction(async ({ poolRowClaims, incidents }) => {
    const claim = { how: 'bound', attemptId: lost.attemptId } as const;
    await poolRowClaims.claim((await incidents.get(incident)).detail as never, claim, WORKER);
  });
  await agreed(incident, 'explain');
  expect(await booked(incident)).toEqual([]);
});

test('a row that was listed before a payment was sent is not that payment, whoever says so', async () => {
  const reference = listed(app, { coin: ASSET, amount: '2' });
  await noticed(reference);
  const lost = await unknown(app, { asset: ASSET, amount: '2' });
  const evidence = [await documented(app, lost)];
  const call = { id: lost.id, outcome: 'paid' as const, reference, evidence, note: 'the same amount' };
  expect(await refusal((await finance()).withdrawals.resolve(call))).toBe('withdrawal.receipt_unfit');
});
