import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { completed, handedOver, late, refused, shownLate, takenBack } from '#server/testing/late-payments.ts';
import { aMember } from '#server/testing/members.ts';
import { tampered } from '#server/testing/tampering.ts';
import { asked, operatorOf, purse, refusal, shown } from '#server/testing/withdrawals.ts';

const TEN = { asset: 'BELLS', amount: '10' };
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

type Decision = Parameters<Awaited<ReturnType<typeof finance>>['incidents']['decide']>[0];
type Saying = Decision extends infer D ? (D extends Decision ? Omit<D, 'id' | 'note'> : never) : never;

const finance = async (name = 'first') => (await operatorOf(app, 'finance', name)).caller;

async function said(id: string, saying: Saying, name: string) {
  return (await finance(name)).incidents.decide({ id, note: `says ${name}`, ...saying } as Decision);
}

async function agreed(id: string, saying: Saying) {
  await said(id, saying, 'first');
  return said(id, saying, 'second');
}

/** What the company has and owes of these withdrawals alone. */
async function company({ id, attemptId }: { id: string; attemptId: string }): Promise<Record<string, string>> {
  const rows = await app.sql<{ code: string; amount: string }>(
    `select e.code, trim_scale(sum(e.amount))::text as amount from ledger_entries e
       join ledger_transactions t on t.id = e.transaction_id
     where (t.withdrawal_id = ? or t.attempt_id = ?) and e.code not like 'user:%' group by e.code having sum(e.amount) <> 0
     order by e.code`,
    [id, attemptId],
  );
  return Object.fromEntries(rows.map(({ code, amount }) => [code, amount]));
}

describe('a late payment', () => {
  test('scenario 23: two people take it as the withdrawal’s own, and the member is owed it', async () => {
    const of = await late(app, TEN);
    expect(await purse(app, of)).toBe('100/0/0/0');
    expect((await said(of.incidentId, { decision: 'adopt' }, 'first')).decision.state).toBe('proposed');
    expect(await purse(app, of)).toBe('100/0/0/0');
    expect(await said(of.incidentId, { decision: 'adopt' }, 'second')).toMatchObject({
      decision: { state: 'confirmed' },
      closedAt: expect.any(String),
    });
    expect(await purse(app, of)).toBe('90/0/0/10');
    expect(await shown(app, of)).toMatchObject({
      ...{ status: 'completed', hold: null, attempts: [{ late: true }] },
      legs: [{ status: 'done', reference: expect.any(String) }, { status: 'external' }],
    });
    expect(await company(of)).toEqual({ company: '10', 'expense:pool_fee': '0.1', 'pool:hashdam': '-10.1' });
  });

  test('scenario 22: or leave it with the company, which owes nobody for it', async () => {
    const of = await late(app, TEN);
    await agreed(of.incidentId, { decision: 'keep' });
    expect(await purse(app, of)).toBe('100/0/0/0');
    expect(await shown(app, of)).toMatchObject({ status: 'failed', hold: null });
    expect((await company(of))['company']).toBe('10');
  });

  test('scenario 23: is not taken when the member’s money has gone into another request', async () => {
    const memberId = aMember();
    const of = await late(app, { ...TEN, memberId, funds: '15' });
    await asked(app, { ...TEN, memberId, funds: '0' });
    await said(of.incidentId, { decision: 'adopt' }, 'first');
    expect(await refusal(said(of.incidentId, { decision: 'adopt' }, 'second'))).toBe('ledger.insufficient_funds');
    expect(await purse(app, of)).toBe('5/10/0/0');
    await (await finance()).decisions.withdraw({ id: await proposalAbout(of.incidentId) });
    await agreed(of.incidentId, { decision: 'keep' });
    expect(await purse(app, of)).toBe('5/10/0/0');
  });

  test('is not taken for a withdrawal that somebody changed in the database', async () => {
    const of = await late(app, TEN);
    await tampered(app, `update withdrawals set member_id = 'somebody-else' where id = $1`, [of.id]);
    expect(await refusal(said(of.incidentId, { decision: 'adopt' }, 'first'))).toBe('withdrawal.stale_digest');
    await agreed(of.incidentId, { decision: 'keep' });
  });

  test('scenario 51: asked for again and raised to 20, then the late 10 is taken: 20 is freed first', async () => {
    const failed = await refused(app, TEN);
    await (await finance()).withdrawals.retry({ id: failed.id });
    await (await finance('editor')).withdrawals.edit({ id: failed.id, amount: '20', reason: 'more' });
    expect(await purse(app, failed)).toBe('80/20/0/0');
    const of = await shownLate(app, failed);
    await agreed(of.incidentId, { decision: 'adopt' });
    expect(await purse(app, of)).toBe('90/0/0/10');
    expect(await shown(app, of)).toMatchObject({ status: 'completed', amount: '10' });
  });

  test('nothing more is sent for it before it is decided, and it cannot be tried again or released by hand', async () => {
    const failed = await refused(app, TEN);
    const again = await (await finance()).withdrawals.retry({ id: failed.id });
    const of = await shownLate(app, failed);
    const vote = (await finance()).withdrawals.approve({ id: of.id, digest: again.digest });
    expect(await refusal(vote)).toBe('withdrawal.on_hold');
    expect(await refusal((await finance()).withdrawals.release({ id: of.id }))).toBe('withdrawal.incident_open');
    expect(await refusal((await finance()).withdrawals.retry({ id: of.id }))).toBe('withdrawal.incident_open');
    expect(await sendsAgain(of.incidentId)).toBe('once_approved');
    await agreed(of.incidentId, { decision: 'keep' });
    expect(await shown(app, of)).toMatchObject({ status: 'pending', hold: null });
    await (await finance()).withdrawals.approve({ id: of.id, digest: again.digest });
  });

  test('warns of what is approved already: without it being taken, the same amount is sent again', async () => {
    const failed = await refused(app, TEN);
    const again = await (await finance()).withdrawals.retry({ id: failed.id });
    for (const name of ['second', 'third']) {
      await (await finance(name)).withdrawals.approve({ id: failed.id, digest: again.digest });
    }
    const of = await shownLate(app, failed);
    expect(await sendsAgain(of.incidentId)).toBe('at_once');
    await agreed(of.incidentId, { decision: 'keep' });
    expect(await shown(app, of)).toMatchObject({ status: 'approved', hold: null });
    await app.jobs.drain('payout.dispatch');
    expect((await shown(app, of)).status).toBe('submitted');
  });

  test('of what has ended, nothing is sent whatever is decided', async () => {
    const of = await late(app, TEN);
    expect(await sendsAgain(of.incidentId)).toBeNull();
    await agreed(of.incidentId, { decision: 'adopt' });
    expect(await sendsAgain(of.incidentId)).toBeNull();
  });

  test('keeps its hold while anything else about the withdrawal is open', async () => {
    const of = await late(app, TEN);
    const other = await app.container.sessions.inTransaction(({ incidents }) =>
      incidents.open({ kind: 'history_contradicts', subject: newId(), withdrawalId: of.id, detail: {} }, WORKER),
    );
    await agreed(of.incidentId, { decision: 'keep' });
    expect((await shown(app, of)).hold).toMatchObject({ reason: 'late_success' });
    await agreed(other, { decision: 'close' });
    expect((await shown(app, of)).hold).toBeNull();
  });
});

const sendsAgain = async (id: string) => (await (await finance()).incidents.get({ id })).sendsAgain;

const proposalAbout = async (id: string): Promise<string> =>
  (await (await finance()).incidents.get({ id })).proposals[0]?.id ?? '';

describe('a payment that the provider took back', () => {
  test('scenario 24: not handed over, it is taken out of the books and the member has the money again', async () => {
    const of = await takenBack(app, await completed(app, TEN));
    expect(await purse(app, of)).toBe('90/0/0/10');
    expect(await refusal(handedOver(app, of))).toBe('withdrawal.incident_open');
    await agreed(of.incidentId, { decision: 'unsettle', coinsBack: true });
    expect(await purse(app, of)).toBe('100/0/0/0');
    expect((await shown(app, of)).status).toBe('failed');
    expect(await company(of)).toEqual({});
    expect(await refusal((await finance()).withdrawals.retry({ id: of.id }))).toBe('withdrawal.not_retryable');
  });

  test('scenario 24: handed over, the member keeps it, and the company bears the loss', async () => {
    const done = await completed(app, TEN);
    await handedOver(app, done);
    const of = await takenBack(app, done);
    await agreed(of.incidentId, { decision: 'unsettle', coinsBack: true });
    expect(await purse(app, of)).toBe('90/0/0/0');
    expect((await shown(app, of)).status).toBe('completed');
    expect(await company(of)).toEqual({ company: '-10' });
  });

  test('scenario 24: coins that the pool does not show again are what it owes', async () => {
    const of = await takenBack(app, await completed(app, TEN));
    await agreed(of.incidentId, { decision: 'unsettle', coinsBack: false });
    const { 'receivable:pool': owed, 'pool:hashdam': pool } = await company(of);
    expect([owed, pool]).toEqual(['10.1', '-10.1']);
  });

  test('where only the word changed, the coins stay where they are and the report is free again', async () => {
    const of = await takenBack(app, await completed(app, TEN));
    await agreed(of.incidentId, { decision: 'word_changed' });
    expect(await purse(app, of)).toBe('90/0/0/10');
    expect((await shown(app, of)).status).toBe('completed');
    await handedOver(app, of);
  });

  test('a late one that nobody had taken leaves the books as if it had never come', async () => {
    const first = await late(app, TEN);
    const of = await takenBack(app, first);
    await agreed(of.incidentId, { decision: 'unsettle', coinsBack: true });
    expect(await company(of)).toEqual({});
    expect(await shown(app, of)).toMatchObject({ status: 'failed', hold: null });
    expect((await (await finance()).incidents.get({ id: first.incidentId })).resolution).toBe('taken_back');
  });

  test('a late one that two people had taken gives the member the money back', async () => {
    const first = await late(app, TEN);
    await agreed(first.incidentId, { decision: 'adopt' });
    const of = await takenBack(app, first);
    await agreed(of.incidentId, { decision: 'unsettle', coinsBack: true });
    expect(await purse(app, of)).toBe('100/0/0/0');
    expect((await shown(app, of)).status).toBe('failed');
    expect(await company(of)).toEqual({});
  });
});

describe('what may be said', () => {
  test('goes by the kind of incident', async () => {
    const of = await late(app, TEN);
    const { decisions } = await (await finance()).incidents.get({ id: of.incidentId });
    expect(decisions).toEqual([
      { decision: 'adopt', allowed: true },
      { decision: 'keep', allowed: true },
    ]);
    expect(await refusal(said(of.incidentId, { decision: 'close' }, 'first'))).toBe('incident.decision_unfit');
    expect(await refusal(said(of.incidentId, { decision: 'write_off' }, 'first'))).toBe('incident.decision_unfit');
  });

  test('is said by two people who say the same, once', async () => {
    const of = await late(app, TEN);
    await said(of.incidentId, { decision: 'keep' }, 'first');
    expect((await said(of.incidentId, { decision: 'keep' }, 'first')).decision.state).toBe('proposed');
    expect(await refusal(said(of.incidentId, { decision: 'adopt' }, 'second'))).toBe('decision.differs');
    await said(of.incidentId, { decision: 'keep' }, 'second');
    expect(await refusal(said(of.incidentId, { decision: 'keep' }, 'second'))).toBe('incident.closed');
    expect(await refusal(said(newId(), { decision: 'keep' }, 'second'))).toBe('incident.not_found');
  });

  test('an incident is listed while it is open, and found afterwards', async () => {
    const of = await late(app, TEN);
    const { caller } = await operatorOf(app, 'auditor');
    const open = await caller.incidents.list({ filter: { open: true, kind: 'late_success' } });
    expect(open.rows.map(({ id }) => id)).toContain(of.incidentId);
    await agreed(of.incidentId, { decision: 'keep' });
    const after = await caller.incidents.list({ filter: { open: true } });
    expect(after.rows.map(({ id }) => id)).not.toContain(of.incidentId);
    expect(await caller.incidents.get({ id: of.incidentId })).toMatchObject({ resolution: 'keep', decisions: [] });
  });
});
