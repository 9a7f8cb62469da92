import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  bookings,
  documented,
  operatorOf,
  paidOut,
  purse,
  refusal,
  shown,
  submitted,
  unknown,
  whateverMayCome,
} from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const finance = async (name = 'first') => (await operatorOf(app, 'finance', name)).caller.withdrawals;

async function paid(of: { id: string; attemptId: string }, reference: string = newId()) {
  const evidence = [await documented(app, of)];
  return { id: of.id, outcome: 'paid' as const, reference, evidence, note: 'seen in the list' };
}

describe('an outcome that nobody could prove: it was paid', () => {
  test('takes two people who say the same, and settles', async () => {
    const lost = await unknown(app, { amount: '10' });
    const call = await paid(lost);
    const first = await (await finance()).resolve(call);
    expect(first).toMatchObject({ decision: { state: 'proposed' }, withdrawal: { status: 'manual-review' } });
    expect(await purse(app, lost)).toBe('90/10/10/0');
    const second = await (await finance('second')).resolve({ ...call, note: 'and so do I' });
    expect(second).toMatchObject({ decision: { state: 'confirmed' }, withdrawal: { status: 'completed' } });
    expect(await purse(app, lost)).toBe('90/0/0/10');
    expect(await shown(app, lost)).toMatchObject({ attempts: [{ status: 'confirmed', reference: call.reference }] });
    await whateverMayCome(app);
    expect(await bookings(app, lost)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
    expect(paidOut(app, lost)).toHaveLength(0);
  });

  test('is not confirmed by the one who proposed it, from whichever session', async () => {
    const lost = await unknown(app);
    const call = await paid(lost);
    for (const _time of [1, 2, 3]) {
      expect((await (await finance()).resolve(call)).decision.state).toBe('proposed');
    }
    expect((await shown(app, lost)).status).toBe('manual-review');
  });

  test('by a document that was attached a month of looks ago', async () => {
    const lost = await unknown(app);
    const call = await paid(lost);
    await app.sql(
      `insert into payout_evidence (id, attempt_id, kind, body, at)
       select ('ffffffff-ffff-7fff-8fff-' || lpad(to_hex(n), 12, '0'))::uuid, ?, 'history', '{}', now()
       from generate_series(1, 720) n`,
      [lost.attemptId],
    );
    for (const name of ['first', 'second']) await (await finance(name)).resolve(call);
    expect((await shown(app, lost)).status).toBe('completed');
  });

  test('is refused to a second person who names another payment or other evidence', async () => {
    const lost = await unknown(app);
    const call = await paid(lost);
    await (await finance()).resolve(call);
    const second = await finance('second');
    expect(await refusal(second.resolve({ ...call, reference: newId() }))).toBe('decision.differs');
    const more = [...call.evidence, await documented(app, lost)];
    expect(await refusal(second.resolve({ ...call, evidence: more }))).toBe('decision.differs');
  });

  test('is refused without evidence, and with evidence of something else', async () => {
    const [lost, other] = [await unknown(app), await unknown(app)];
    const call = await paid(lost);
    expect(await refusal((await finance()).resolve({ ...call, evidence: [] }))).toBe('withdrawal.evidence_missing');
    const foreign = [await documented(app, other)];
    expect(await refusal((await finance()).resolve({ ...call, evidence: foreign }))).toBe(
      'withdrawal.evidence_missing',
    );
  });

  test('is refused under a name that another payment has', async () => {
    const amount = '3.25';
    const sent = await submitted(app, { amount });
    await app.jobs.hurry('payout.look-up');
    const lost = await unknown(app, { amount });
    expect(await refusal((await finance()).resolve(await paid(lost, sent.reference)))).toBe(
      'withdrawal.reference_used',
    );
    const others = [await unknown(app, { amount: '3.26' }), await unknown(app, { asset: 'DOGE', amount })];
    for (const other of others) {
      const call = await paid(other, sent.reference);
      expect(await refusal((await finance()).resolve(call))).toBe('withdrawal.reference_used');
    }
  });

  test('under a name that no list of the pool shows it is and stays the word of two people', async () => {
    const lost = await unknown(app);
    const call = await paid(lost);
    await (await finance()).resolve(call);
    const { caller } = await operatorOf(app, 'finance', 'second');
    expect((await caller.withdrawals.evidence({ id: lost.id })).unlisted).toEqual([call.reference]);
    await caller.withdrawals.resolve(call);
    const { saidByPeople, timeline } = await shown(app, lost);
    expect(saidByPeople).toBe(true);
    expect(timeline.filter(({ unlisted }) => unlisted).map(({ to }) => to)).toEqual(['completed']);
    const { rows } = await caller.mining.withdrawals({});
    expect(rows.find(({ withdrawalId }) => withdrawalId === lost.id)).toMatchObject({ saidByPeople: true });
    const sent = await submitted(app);
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).saidByPeople).toBe(false);
  });

  test('is said of nothing but an open outcome, and once', async () => {
    const sent = await submitted(app);
    const { attempts } = await shown(app, sent);
    const call = await paid({ id: sent.id, attemptId: attempts[0]?.id ?? '' });
    expect(await refusal((await finance()).resolve(call))).toBe('withdrawal.not_unknown');
  });

  test('taken back by its proposer, it is proposed anew by the colleague', async () => {
    const lost = await unknown(app);
    const call = await paid(lost);
    const { decision } = await (await finance()).resolve(call);
    const { caller } = await operatorOf(app);
    await caller.decisions.withdraw({ id: decision.decisionId });
    expect((await (await finance('second')).resolve(call)).decision.state).toBe('proposed');
  });

  test('cannot be confirmed alone with raw SQL', async () => {
    const lost = await unknown(app);
    const { decision } = await (await finance()).resolve(await paid(lost));
    const alone = app.sql(
      `update dual_decisions set ending = 'confirmed', ended_by = proposed_by, ended_at = now() where id = ?`,
      [decision.decisionId],
    );
    await expect(alone).rejects.toThrow(/check/);
  });
});

describe('an outcome that nobody could prove: it was not paid', () => {
  test('is refused before the quiet period is complete, with what is missing', async () => {
    const lost = await unknown(app);
    const { caller } = await operatorOf(app);
    const call = { id: lost.id, outcome: 'not_paid' as const, note: 'not in the list' };
    const error = await caller.withdrawals.resolve(call).catch((cause: Error) => cause.cause);
    expect(error).toMatchObject({
      code: 'withdrawal.quiet_period',
      detail: { until: expect.any(String), unmet: expect.stringContaining('time_over') },
    });
    expect((await shown(app, lost)).status).toBe('manual-review');
    expect(await purse(app, lost)).toMatch(/\/0$/);
  });
});

describe('the evidence sheet', () => {
  test('shows what was asked, what was seen, what is missing, who proposed what, and what the caller may do', async () => {
    const lost = await unknown(app);
    const call = await paid(lost);
    await (await finance()).resolve(call);
    const sheet = await (await finance('second')).evidence({ id: lost.id });
    expect(sheet).toMatchObject({
      withdrawal: { id: lost.id, status: 'manual-review' },
      attempts: [
        {
          id: lost.attemptId,
          method: 'assetWithdrawRequest',
          amount: lost.amount,
          error: 'lease_lost',
          worker: 'gone',
          evidence: [{ id: call.evidence[0], kind: 'document' }],
          quietPeriod: { complete: false },
        },
      ],
      proposals: [{ action: 'withdrawal.resolve', note: 'seen in the list', body: { outcome: 'paid' } }],
      allowed: { resolvePaid: true, resolveNotPaid: 'withdrawal.quiet_period', attachEvidence: true, recheck: true },
    });
    const auditor = (await operatorOf(app, 'auditor')).caller.withdrawals;
    expect((await auditor.evidence({ id: lost.id })).allowed).toEqual({
      resolvePaid: 'auth.forbidden',
      resolveNotPaid: 'auth.forbidden',
      attachEvidence: 'auth.forbidden',
      recheck: 'auth.forbidden',
      escalate: 'auth.forbidden',
    });
  });

  test('what was attached cannot be changed or taken away', async () => {
    const lost = await unknown(app);
    const id = await documented(app, lost);
    await expect(app.sql(`update payout_evidence set body = '{}' where id = ?`, [id])).rejects.toThrow(/append-only/);
    await expect(app.sql('delete from payout_evidence where id = ?', [id])).rejects.toThrow(/append-only/);
  });

  test('is asked again now, and brought to everybody’s notice', async () => {
    const lost = await unknown(app);
    const support = (await operatorOf(app, 'support')).caller.withdrawals;
    expect(await support.recheck({ id: lost.id })).toMatchObject({ attemptId: lost.attemptId });
    await support.escalate({ id: lost.id, note: 'the member is waiting' });
    const [told] = await app.sql(
      `select severity, for_people, reason from notification_events where type = 'withdrawal.escalated' and subject_id = ?`,
      [lost.id],
    );
    expect(told).toEqual({ severity: 'critical', for_people: true, reason: 'the member is waiting' });
  });
});

describe('the list of exceptions', () => {
  test('holds what needs people, the newest first, page by page, and counts it', async () => {
    const lost = await unknown(app);
    const { caller } = await operatorOf(app, 'support');
    const all = await caller.exceptions.list({});
    expect(all.rows[0]).toMatchObject({ id: lost.id, filter: 'unknown', reason: 'lease_lost', attempts: 1 });
    const seen: string[] = [];
    for (let cursor: string | null = null, pages = 0; pages < 50; pages += 1) {
      const page: typeof all = await caller.exceptions.list({ filter: 'unknown', cursor, limit: 2 });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
      if (!cursor) break;
    }
    const [unknowns] = await app.sql<{ count: number }>(
      `select count(*)::int as count from withdrawals where status = 'manual-review'`,
    );
    expect(new Set(seen).size).toBe(unknowns?.count);
    expect(seen).toHaveLength(unknowns?.count ?? 0);
    const backwards: string[] = [];
    for (let cursor: string | null = null, pages = 0; pages < 50; pages += 1) {
      const page: typeof all = await caller.exceptions.list({ filter: 'unknown', order: 'oldest', cursor, limit: 2 });
      backwards.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
      if (!cursor) break;
    }
    expect(backwards).toEqual(seen.toReversed());
    const counts = await caller.exceptions.counts({});
    expect(counts.byFilter.find(({ filter }) => filter === 'unknown')).toEqual({
      filter: 'unknown',
      count: unknowns?.count,
      exact: true,
    });
  });

  test('shows an incident with what it is about', async () => {
    const lost = await unknown(app);
    const by = { type: 'system', id: 'worker' } as const;
    const incident = await app.container.sessions.inTransaction(({ incidents }) =>
      incidents.open({ kind: 'late_success', subject: newId(), withdrawalId: lost.id, asset: 'LTC', detail: {} }, by),
    );
    const { caller } = await operatorOf(app);
    const { rows } = await caller.exceptions.list({ filter: 'late' });
    expect(rows).toMatchObject([
      { id: incident, incidentKind: 'late_success', withdrawalId: lost.id, memberId: lost.memberId },
    ]);
    const pressing = await caller.exceptions.list({ filter: 'pressing', limit: 100 });
    expect(pressing.rows.map(({ id }) => id)).toEqual(expect.arrayContaining([incident, lost.id]));
    expect(pressing.rows.filter(({ filter }) => filter === 'failed' || filter === 'retrying')).toEqual([]);
  });
});
