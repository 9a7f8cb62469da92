import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { completed } from '#server/testing/late-payments.ts';
import { aMember, credited } from '#server/testing/members.ts';
import { tampered } from '#server/testing/tampering.ts';
import { asked, operatorOf, platformOf, purse, refusal, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({
    environment: {
      RISK_DAY_MAX: 'LTC:10',
      RISK_HOLD_FROM: 'DOGE:50',
      RISK_AMOUNT_MAX: 'DOGE:80',
      RISK_REQUESTS_PER_HOUR_MAX: '60',
      APPROVAL_TWO_PERSON_FROM: 'LTC:100,DOGE:1000',
    },
  });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

async function foundOf({ id }: { id: string }): Promise<string[]> {
  const { caller } = await operatorOf(app, 'auditor');
  const { rows } = await caller.risk.findings({ withdrawalId: id });
  return rows.map((row) => `${row.moment} ${row.revision} ${row.rule} ${row.result} ${row.threshold} ${row.observed}`);
}

describe('a limit on what a member takes out', () => {
  test('is kept by fifty requests at once: what is asked for counts before it is paid', async () => {
    const memberId = aMember();
    await credited(app, { memberId, asset: 'LTC', amount: '100' });
    const { caller } = await platformOf(app);
    const ask = () => caller.withdrawals.request({ memberId, asset: 'LTC', amount: '0.9', idempotencyKey: newId() });
    const made = await Promise.all(Array.from({ length: 50 }, ask));
    const pending = made.filter(({ status }) => status === 'pending');
    expect([pending.length, made.filter(({ status }) => status === 'cancelled').length]).toEqual([11, 39]);
    expect(await purse(app, { memberId, asset: 'LTC', id: '', amount: '', digest: '' })).toBe('90.1/9.9/0/0');
    const [{ sum = '' } = {}] = await app.sql<{ sum: string }>(
      `select sum(amount)::text as sum from withdrawals where member_id = ? and status <> 'cancelled'`,
      [memberId],
    );
    expect(Amount.fromDecimal('LTC', sum).toString()).toBe('9.9');
  }, 30_000);

  test('leaves what it refused in the list, with what it saw, and answers the same key alike', async () => {
    const memberId = aMember();
    await credited(app, { memberId, asset: 'LTC', amount: '100' });
    const { caller } = await platformOf(app);
    const wish = { memberId, asset: 'LTC', amount: '10.00000001', idempotencyKey: newId() };
    const blocked = await caller.withdrawals.request(wish);
    expect(blocked.status).toBe('cancelled');
    expect((await caller.withdrawals.request(wish)).id).toBe(blocked.id);
    expect(await foundOf(blocked)).toContain('request 1 limit_day refuse 10 10.00000001');
    const { timeline, allowed } = await shown(app, blocked);
    expect(timeline.map(({ action, reason, to }) => [action, reason, to])).toEqual([
      ['withdrawal.blocked', 'risk', 'cancelled'],
    ]);
    expect([allowed.approve, allowed.retry]).toEqual(['withdrawal.already_decided', 'withdrawal.not_retryable']);
  });

  test('is not got round by changing the amount afterwards', async () => {
    const request = await asked(app, { amount: '6' });
    const { caller } = await operatorOf(app);
    expect(await refusal(caller.withdrawals.edit({ id: request.id, amount: '10.5', reason: 'more' }))).toBe(
      'risk.refused',
    );
    expect((await caller.withdrawals.edit({ id: request.id, amount: '10', reason: 'all of it' })).amount).toBe('10');
    expect(await foundOf(request)).toEqual([
      'request 1 limit_day pass 10 6',
      'request 1 velocity pass 60 1',
      'edit 2 limit_day pass 10 10',
      'edit 2 velocity pass 60 1',
    ]);
  });

  test('counts what was paid late from when it was paid, however long ago it was asked for', async () => {
    const paid = await completed(app, { amount: '6' });
    const longAgo = `requested_at = requested_at - interval '40 hours', approved_at = approved_at - interval '40 hours'`;
    await tampered(app, `update withdrawals set ${longAgo} where id = $1`, [paid.id]);
    const again = { memberId: paid.memberId, amount: '6', funds: '0' };
    expect((await shown(app, await asked(app, again))).status).toBe('cancelled');
    await app.sql(`update payout_attempts set ended_at = ended_at - interval '25 hours' where id = ?`, [
      paid.attemptId,
    ]);
    expect((await shown(app, await asked(app, again))).status).toBe('pending');
  });

  test('frees again what was rejected', async () => {
    const request = await asked(app, { amount: '6' });
    const again = { memberId: request.memberId, amount: '6', funds: '0' };
    const { caller } = await operatorOf(app);
    expect((await shown(app, await asked(app, again))).status).toBe('cancelled');
    await caller.withdrawals.reject({ id: request.id, reason: 'not this one' });
    expect((await shown(app, await asked(app, again))).status).toBe('pending');
  });
});

describe('an amount that a person must look at', () => {
  test('is on hold from the start, and only finance lets it go on', async () => {
    const request = await asked(app, { asset: 'DOGE', amount: '50' });
    const { hold } = await shown(app, request);
    expect(hold).toMatchObject({ reason: 'risk', note: 'amount', by: 'risk' });
    const { caller } = await operatorOf(app);
    const support = await operatorOf(app, 'support');
    expect(await refusal(caller.withdrawals.approve({ id: request.id, digest: request.digest }))).toBe(
      'withdrawal.on_hold',
    );
    expect(await refusal(support.caller.withdrawals.release({ id: request.id }))).toBe('auth.forbidden');
    const asker = await operatorOf(app, 'finance', 'asker');
    const own = await asked(app, { asset: 'DOGE', amount: '51', by: asker.caller });
    expect((await shown(app, own)).hold).toMatchObject({ reason: 'risk' });
    expect(await refusal(asker.caller.withdrawals.release({ id: own.id }))).toBe('withdrawal.self_approval');
    expect((await asker.caller.withdrawals.get({ id: own.id })).allowed.release).toBe('withdrawal.self_approval');
    await caller.withdrawals.release({ id: request.id });
    const approved = await caller.withdrawals.approve({ id: request.id, digest: request.digest });
    // The strictest tier decides about what a rule held.
    expect(approved.status).toBe('approved_pending');
  });

  test('is held also where a colleague held it before: whoever did both does not let it go', async () => {
    const request = await asked(app, { asset: 'DOGE', amount: '5' });
    const { caller } = await operatorOf(app);
    const support = await operatorOf(app, 'support');
    await caller.withdrawals.hold({ id: request.id, reason: 'suspected_fraud', note: 'wait' });
    await caller.withdrawals.edit({ id: request.id, amount: '50', reason: 'all of it' });
    expect((await shown(app, request)).hold).toMatchObject({ reason: 'risk', note: 'amount', by: 'risk' });
    expect(await refusal(caller.withdrawals.release({ id: request.id }))).toBe('withdrawal.self_approval');
    expect(await refusal(support.caller.withdrawals.release({ id: request.id }))).toBe('auth.forbidden');
    const second = await operatorOf(app, 'finance', 'second');
    await second.caller.withdrawals.release({ id: request.id });
    expect((await shown(app, request)).hold).toBeNull();
  });

  test('is refused when it is too much for anybody', async () => {
    const request = await asked(app, { asset: 'DOGE', amount: '80.00000001' });
    expect((await shown(app, request)).status).toBe('cancelled');
    expect(await foundOf(request)).toContain('request 1 amount refuse 80 80.00000001');
  });
});

test('what a rule said cannot be changed or taken back, not even in the database', async () => {
  await asked(app, { amount: '1' });
  await expect(app.sql(`update risk_findings set result = 'pass'`)).rejects.toThrow(/append-only|refused/);
  await expect(app.sql('delete from risk_findings')).rejects.toThrow(/append-only|refused/);
});
