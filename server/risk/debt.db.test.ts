import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { aMember } from '#server/testing/members.ts';
import {
  type Asked,
  approved,
  asked,
  operatorOf,
  paidOut,
  platformOf,
  purse,
  refusal,
  shown,
} from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { APPROVAL_TWO_PERSON_FROM: 'LTC:100' } });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

/** A member who was given ten coins, and the taking back of what was given. */
async function given(amount = '10') {
  const memberId = aMember();
  const { caller } = await platformOf(app);
  const call = () => ({ reference: newId(), idempotencyKey: newId() });
  const credit = { memberId, asset: 'LTC', amount };
  const { transactionId } = await caller.ledger.credit({ ...credit, ...call() });
  return {
    memberId,
    takeBack: () => caller.ledger.reverse({ transactionId, amount, ...call() }),
    repay: () => caller.ledger.credit({ ...credit, ...call() }),
  };
}

async function votedBy(name: string, { id, digest }: Asked): Promise<string> {
  const { caller } = await operatorOf(app, 'finance', name);
  return refusal(caller.withdrawals.approve({ id, digest }));
}

async function debtFoundOf({ id }: Asked): Promise<string[]> {
  const { caller } = await operatorOf(app);
  const { rows } = await caller.risk.findings({ withdrawalId: id });
  return rows
    .filter(({ rule }) => rule === 'debt')
    .map((row) => `${row.moment} ${row.revision} ${row.result} ${row.threshold} ${row.observed}`);
}

test('scenario 26: what was asked for before its credit was taken back is approved by nobody until the debt is repaid', async () => {
  const { memberId, takeBack, repay } = await given();
  const request = await asked(app, { memberId, amount: '10', funds: '0' });
  await takeBack();
  expect((await shown(app, request)).allowed.approve).toBe('risk.refused');
  expect((await shown(app, request)).voteRefusal).toEqual({ rule: 'debt', threshold: '0', observed: '10' });
  expect(await votedBy('first', request)).toBe('risk.refused');
  expect(await debtFoundOf(request)).toEqual(['approval 1 refuse 0 10']);
  await repay();
  expect(await votedBy('first', request)).toBe('none');
});

test('scenario 26: what comes free by a rejection is not asked for anew past the debt', async () => {
  const { memberId, takeBack, repay } = await given();
  const first = await asked(app, { memberId, amount: '10', funds: '0' });
  await takeBack();
  const { caller } = await operatorOf(app);
  await caller.withdrawals.reject({ id: first.id, reason: 'the credit was taken back' });
  expect(await purse(app, first)).toBe('10/0/0/0');
  const again = await asked(app, { memberId, amount: '10', funds: '0' });
  expect((await shown(app, again)).hold).toMatchObject({ reason: 'risk', note: 'debt' });
  expect(await votedBy('first', again)).toBe('withdrawal.on_hold');
  await caller.withdrawals.release({ id: again.id });
  expect(await votedBy('first', again)).toBe('risk.refused');
  await caller.withdrawals.edit({ id: again.id, amount: '9', reason: 'less' });
  expect((await shown(app, again)).hold).toMatchObject({ reason: 'risk', note: 'debt' });
  expect(await debtFoundOf(again)).toEqual(['request 1 hold 0 10', 'approval 1 refuse 0 10', 'edit 2 hold 0 10']);
  await repay();
  expect(await refusal(caller.withdrawals.release({ id: again.id }))).toBe('withdrawal.self_approval');
  const other = await operatorOf(app, 'finance', 'second');
  await other.caller.withdrawals.release({ id: again.id });
  // Whoever changed the amount does not approve it.
  expect(await votedBy('second', { ...again, digest: (await shown(app, again)).digest })).toBe('none');
});

test('scenario 26: what was approved before its credit was taken back does not leave, and is voted on anew', async () => {
  const { memberId, takeBack } = await given('7');
  const request = await approved(app, { memberId, amount: '7', funds: '0' });
  await takeBack();
  await app.jobs.hurry('payout.dispatch');
  expect(paidOut(app, request)).toEqual([]);
  expect(await shown(app, request)).toMatchObject({ status: 'pending', attempts: [] });
  expect((await shown(app, request)).timeline.at(-1)).toMatchObject({ action: 'withdrawal.lapsed', reason: 'risk' });
  expect(await debtFoundOf(request)).toEqual(['dispatch 1 refuse 0 7']);
});

test('another coin is not asked about', async () => {
  const { memberId, takeBack } = await given();
  await asked(app, { memberId, amount: '10', funds: '0' });
  await takeBack();
  const request = await asked(app, { memberId, asset: 'DOGE', amount: '1' });
  expect((await shown(app, request)).hold).toBeNull();
});
