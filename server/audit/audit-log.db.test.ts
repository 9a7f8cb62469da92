import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type Signed, type TestApplication, testApplication } from '#server/testing/application.ts';
import { type Asked, asked, domainCodeOf } from '#server/testing/withdrawals.ts';

let app: TestApplication;
let auditor: Signed;
let finance: Signed;
let refused: Asked;
beforeAll(async () => {
  app = await testApplication();
  auditor = await app.signedInAs('auditor');
  finance = await app.signedInAs('finance');
  refused = await asked(app, { amount: '2' });
  await finance.caller.withdrawals.note({ id: refused.id, text: 'looked at' });
  await expect(finance.caller.withdrawals.approve({ id: refused.id, digest: '0'.repeat(64) })).rejects.toThrow();
  await expect(finance.plain.operators.list({})).rejects.toThrow();
});
afterAll(() => app.close());

const rows = async (filter: Parameters<Signed['caller']['audit']['list']>[0]['filter'], who = auditor) =>
  (await who.caller.audit.list({ filter })).rows;

describe('the record', () => {
  test('says who did what to what, by name', async () => {
    const [noted] = await rows({ q: refused.id, outcome: ['done'], actorId: finance.id });
    expect(noted).toMatchObject({
      action: 'withdrawal.noted',
      outcome: 'done',
      actor: { type: 'operator', id: finance.id, name: expect.stringMatching(/^finance /) },
      subject: { type: 'withdrawal', id: refused.id, label: expect.stringMatching(/^2 LTC · /) },
      reason: 'looked at',
    });
    expect(noted?.sessionId).not.toBeNull();
    expect(noted?.requestId).not.toBeNull();
  });

  test('has what was refused and why, and what it was about', async () => {
    const [row] = await rows({ q: refused.id, outcome: ['refused', 'failed'] });
    expect(row).toMatchObject({
      action: 'withdrawals.approve',
      outcome: 'refused',
      actor: { id: finance.id },
      subject: { type: 'call', id: 'withdrawals.approve', label: expect.stringMatching(/^2 LTC/) },
      after: { code: 'withdrawal.stale_digest', detail: { id: refused.id, revision: 1 }, about: refused.id },
    });
  });

  test('says of whom and how much a refused request was, and keeps nothing that is in another form', async () => {
    const memberId = 'member-of-the-refusal';
    await expect(asked(app, { memberId, amount: '7.5', funds: '0' })).rejects.toThrow();
    const [row] = await rows({ q: memberId, outcome: ['refused'] });
    expect(row?.after).toMatchObject({ about: memberId, asset: 'LTC', amount: '7.5' });
    const secret = 'f'.repeat(64);
    await expect(asked(app, { memberId, asset: secret, amount: secret, funds: '0' })).rejects.toThrow();
    expect(JSON.stringify(await rows({ q: memberId, outcome: ['refused'] }))).not.toContain(secret);
  });

  test('has no question for the second factor: whoever gives it comes again', async () => {
    const question = finance.plain.withdrawals.approve({ id: refused.id, digest: refused.digest });
    expect(await question.catch(domainCodeOf)).toBe('auth.step_up_required');
    expect(await rows({ q: refused.id, outcome: ['refused', 'failed'] })).toHaveLength(1);
  });

  test('has the look that was not allowed, but no look that only failed', async () => {
    await expect(finance.plain.withdrawals.get({ id: newId() })).rejects.toThrow();
    const found = await rows({ actorId: finance.id, outcome: ['refused'] });
    expect(found.map(({ action, after }) => [action, after])).toEqual([
      ['operators.list', { code: 'auth.forbidden' }],
      ['withdrawals.approve', expect.objectContaining({ about: refused.id })],
    ]);
  });

  test('has what nobody foresaw, under the incident that the caller was told', async () => {
    await app.sql(
      `create function fail_once() returns trigger language plpgsql as $$ begin raise 'by the test'; end $$`,
    );
    await app.sql('create trigger fail_once before insert on freezes for each row execute function fail_once()');
    const failure = await finance.caller.system.freeze({ scope: 'all', reason: 'r' }).catch((error: unknown) => error);
    await app.sql('drop function fail_once cascade');
    expect(failure).toBeInstanceOf(Error);
    const [row] = await rows({ outcome: ['failed'] });
    expect(row).toMatchObject({ action: 'system.freeze', after: { incidentId: expect.any(String) } });
  });

  test('takes only so many tries a minute of those whom nobody knows', async () => {
    const anonymous = app.anonymous();
    for (let no = 0; no < 70; no += 1) {
      await expect(anonymous.withdrawals.reject({ id: refused.id, reason: 'r' })).rejects.toThrow();
    }
    const found = await app.sql(
      `select 1 from audit_events where actor_type = 'anonymous' and action = 'withdrawals.reject'`,
    );
    expect(found.length).toBeGreaterThan(50);
    expect(found.length).toBeLessThanOrEqual(60);
  });

  test('takes more of whom it knows, and says where it stops', async () => {
    const support = await app.signedInAs('support');
    for (let no = 0; no < 310; no += 1) await expect(support.caller.operators.list({})).rejects.toThrow();
    const found = await app.sql<{ left_out: string | null }>(
      `select after->>'leftOut' as left_out from audit_events where actor_id = ? and action = 'operators.list' order by id`,
      [support.id],
    );
    expect(found.length).toBeGreaterThanOrEqual(300);
    expect(found.length).toBeLessThan(310);
    expect(found.filter((row) => row.left_out === 'true')).toHaveLength(1);
  });

  test('shows everybody else what they did themselves, whatever they ask for', async () => {
    for (const filter of [{}, { actorId: auditor.id }, { q: refused.id }]) {
      const seen = await rows(filter, finance);
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.every(({ actor }) => actor.id === finance.id)).toBe(true);
    }
  });

  test('is narrowed to single actions, whatever they are called when refused', async () => {
    const found = await rows({ action: ['withdrawal.noted', 'withdrawals.approve'], q: refused.id });
    expect(found.map(({ action }) => action)).toEqual(['withdrawals.approve', 'withdrawal.noted']);
  });

  test('is read page by page, each row once and the newest first', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await auditor.caller.audit.list({ filter: { actorId: finance.id }, cursor, limit: 2 });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    const all = await app.sql<{ id: string }>(
      'select id from audit_events where actor_id = ? order by at desc, id desc',
      [finance.id],
    );
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  test('keeps to a period: its beginning is in it, its end is not', async () => {
    const [newest] = await rows({ actorId: finance.id });
    const at = newest?.at ?? '';
    const later = new Date(Date.parse(at) + 1).toISOString();
    expect((await rows({ actorId: finance.id, from: at, to: later })).length).toBeGreaterThan(0);
    expect(await rows({ actorId: finance.id, from: later })).toEqual([]);
    expect((await rows({ to: at })).some(({ id }) => id === newest?.id)).toBe(false);
  });
});
