import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookUpPayout } from '#server/jobs/look-up-payout.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { shownLate } from '#server/testing/late-payments.ts';
import { tampered } from '#server/testing/tampering.ts';
import { listed } from '#server/testing/unknown-payouts.ts';
import {
  type Asked,
  approved,
  bookings,
  documented,
  operatorOf,
  paidOut,
  purse,
  quietFor,
  refusal,
  shown,
  unknown,
  whateverMayCome,
} from '#server/testing/withdrawals.ts';

const TEN = { asset: 'BELLS', amount: '10' };
const METHOD = 'assetWithdrawRequest';
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { QUIET_PERIOD_MS: '1', PROVIDER_DEADLINE_MS: '250' } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const finance = async (name = 'first') => (await operatorOf(app, 'finance', name)).caller;

async function notPaid(of: { id: string; attemptId: string }, payAgain: boolean) {
  const evidence = [await quietFor(app, of)];
  const call = { id: of.id, outcome: 'not_paid' as const, payAgain, evidence, note: 'in no list' };
  await (await finance()).withdrawals.resolve(call);
  return (await finance('second')).withdrawals.resolve(call);
}

async function approveAll({ id }: { id: string }): Promise<void> {
  for (const name of ['first', 'second']) {
    const { digest, status } = await shown(app, { id });
    if (status === 'approved') return;
    await (await finance(name)).withdrawals.approve({ id, digest });
  }
}

describe('after the quiet period two people say that it was not paid', () => {
  test('what somebody changed in the database meanwhile is neither paid again nor requested again', async () => {
    const lost = await unknown(app, TEN);
    await tampered(app, `update withdrawals set destination_address = 'thief@exchange.example' where id = $1`, [
      lost.id,
    ]);
    expect(await refusal(notPaid(lost, true))).toBe('withdrawal.stale_digest');
    expect(await notPaid(lost, false)).toMatchObject({ withdrawal: { status: 'failed' } });
    expect(await refusal((await finance()).withdrawals.retry({ id: lost.id }))).toBe('withdrawal.stale_digest');
    expect(await purse(app, lost)).toBe('100/0/0/0');
  });

  test('scenario 9: nothing was sent; the money is free again and nothing is sent any more', async () => {
    const lost = await unknown(app, TEN);
    expect(await purse(app, lost)).toBe('90/10/10/0');
    expect(await notPaid(lost, false)).toMatchObject({
      decision: { state: 'confirmed' },
      withdrawal: { status: 'failed' },
    });
    expect(await purse(app, lost)).toBe('100/0/0/0');
    await whateverMayCome(app);
    expect(await bookings(app, lost)).toEqual({ HOLD: 1, DISPATCH: 1, RELEASE: 1, RETURN: 1 });
    expect(paidOut(app, lost)).toHaveLength(0);
  });

  test('nothing moves by itself when it is over', async () => {
    const lost = await unknown(app, { ...TEN, amount: '10.1' });
    await quietFor(app, lost);
    await whateverMayCome(app);
    expect((await shown(app, lost)).status).toBe('manual-review');
    const { attempts, allowed } = await (await finance()).withdrawals.evidence({ id: lost.id });
    expect(attempts[0]?.quietPeriod?.conditions.filter(({ met }) => !met)).toEqual([]);
    expect(allowed.resolveNotPaid).toBe(true);
  });

  test('a document counts when both name it, not because somebody attached it', async () => {
    const lost = await unknown(app, { ...TEN, amount: '10.2' });
    await quietFor(app, lost);
    const call = { id: lost.id, outcome: 'not_paid' as const, note: 'in no list' };
    expect(await refusal((await finance()).withdrawals.resolve(call))).toBe('withdrawal.quiet_period');
  });

  test('one that the pool has named and never lists is no different', async () => {
    const lost = await unknown(app, { ...TEN, amount: '10.7' });
    await app.sql('update payout_attempts set reference = ? where id = ?', [`N${lost.id}`, lost.attemptId]);
    expect((await notPaid(lost, false)).withdrawal.status).toBe('failed');
    expect(await purse(app, lost)).toBe('100/0/0/0');
  });

  test('a row that failed is no payment: not one to name, and none that bars the word of two people', async () => {
    const lost = await unknown(app, { ...TEN, amount: '10.8' });
    const reference = listed(app, { coin: TEN.asset, amount: lost.amount, status: 'failed' });
    const evidence = [await quietFor(app, lost)];
    const paid = { id: lost.id, outcome: 'paid' as const, reference, evidence, note: 'in the list' };
    expect(await refusal((await finance()).withdrawals.resolve(paid))).toBe('withdrawal.receipt_unfit');
    expect((await notPaid(lost, false)).withdrawal.status).toBe('failed');
  });

  test('a payment that was made shows up in the list and is never called unpaid', async () => {
    const request = await approved(app, { ...TEN, amount: '10.3' });
    app.hashdam.control.fault({ method: METHOD, fault: 'drop_after' });
    await app.jobs.drain('payout.dispatch');
    const { attempts } = await shown(app, request);
    const of = { id: request.id, attemptId: attempts[0]?.id ?? '' };
    const evidence = [await documented(app, of)];
    const call = { id: of.id, outcome: 'not_paid' as const, evidence, note: 'surely not' };
    expect(await refusal((await finance()).withdrawals.resolve(call))).toBe('withdrawal.quiet_period');
    await app.jobs.hurry('payout.look-up');
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, request)).status).toBe('completed');
    expect(await refusal((await finance()).withdrawals.resolve(call))).toBe('withdrawal.not_unknown');
  });
});

describe('not paid, and to be paid after all', () => {
  test('scenario 52: everybody votes again; a sheet that was open before approves nothing', async () => {
    const lost = await unknown(app, { ...TEN, amount: '10.4' });
    const { withdrawal } = await notPaid(lost, true);
    expect(withdrawal).toMatchObject({ status: 'pending', revision: 2, approvals: { given: [] } });
    expect(await purse(app, lost)).toBe('89.6/10.4/0/0');
    const old = (await finance()).withdrawals.approve({ id: lost.id, digest: lost.digest });
    expect(await refusal(old)).toBe('withdrawal.stale_digest');
    await approveAll(lost);
    await app.jobs.drain('payout.dispatch');
    expect(paidOut(app, lost)).toHaveLength(1);
  });

  test('scenarios 22 and 43: the first shows up while the second is refused; no third before people decide', async () => {
    const lost = await unknown(app, { ...TEN, amount: '10.5' });
    await notPaid(lost, true);
    await approveAll(lost);
    const of = await shownLate(app, lost as Asked & { attemptId: string });
    await app.jobs.hurry('payout.dispatch');
    await whateverMayCome(app);
    expect(paidOut(app, lost)).toHaveLength(0);
    expect(await shown(app, of)).toMatchObject({ status: 'approved', waitReason: 'on_hold', attempts: [{ no: 1 }] });
    for (const name of ['first', 'second']) {
      await (await finance(name)).incidents.decide({ id: of.incidentId, decision: 'keep', note: 'surplus' });
    }
    await app.jobs.drain('payout.dispatch');
    expect(paidOut(app, lost)).toHaveLength(1);
  });
});

describe('people and the pool’s list at once', () => {
  test('25 confirmations and 25 look-ups of a payment that was made settle it once', async () => {
    const request = await approved(app, { ...TEN, amount: '10.6' });
    app.hashdam.control.fault({ method: METHOD, fault: 'drop_after' });
    await app.jobs.drain('payout.dispatch');
    const attemptId = (await shown(app, request)).attempts[0]?.id ?? '';
    const evidence = [await documented(app, { id: request.id, attemptId })];
    const reference = paidOut(app, request)[0]?.reference ?? '';
    const call = { id: request.id, outcome: 'paid' as const, reference, evidence, note: 'in the list' };
    await (await finance()).withdrawals.resolve(call);
    const second = await finance('second');
    await Promise.allSettled(
      Array.from({ length: 25 }, (_each, at) => [
        second.withdrawals.resolve(call),
        lookUpPayout(app.jobs.context, { attemptId }),
        at % 5 === 0 ? app.jobs.hurry('payout.look-up') : Promise.resolve(0),
      ]).flat(),
    );
    await whateverMayCome(app);
    expect((await shown(app, request)).status).toBe('completed');
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
    expect(paidOut(app, request)).toHaveLength(1);
  });
});
