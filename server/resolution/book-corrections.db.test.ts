import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { aMember } from '#server/testing/members.ts';
import { asked, operatorOf, platformOf, refusal } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

describe('what two admins put right in the books', () => {
  const admin = async (name: string) => (await operatorOf(app, 'admin', name)).caller;

  test('scenario 26: a credit is taken back; what the member spent they owe, and the next credit repays it', async () => {
    const memberId = aMember();
    const { caller } = await platformOf(app);
    const give = (amount: string) =>
      caller.ledger.credit({ memberId, asset: 'LTC', amount, reference: newId(), idempotencyKey: newId() });
    const { transactionId } = await give('10');
    await asked(app, { memberId, asset: 'LTC', amount: '10', funds: '0' });
    const call = { transactionId, amount: '10', reference: newId(), note: 'paid twice' };
    expect(await (await admin('first')).ledger.takeBack(call)).toMatchObject({
      decision: { state: 'proposed' },
      reversal: null,
    });
    expect(await (await admin('first')).ledger.takeBack(call)).toMatchObject({ decision: { state: 'proposed' } });
    expect(await (await admin('second')).ledger.takeBack(call)).toMatchObject({
      decision: { state: 'confirmed' },
      reversal: { available: '0', receivable: '10' },
    });
    await give('4');
    expect((await caller.ledger.balances({ memberId }))[0]).toMatchObject({ available: '0', held: '10' });
  });

  test('a figure is adjusted about an incident, by two, and never what a withdrawal reserves', async () => {
    const incidentId = await app.container.sessions.inTransaction(({ incidents }) =>
      incidents.open({ kind: 'configuration', subject: newId(), detail: {} }, WORKER),
    );
    const call = {
      ...{ asset: 'LTC', amount: '0.5', incidentId, note: 'the statement of the pool says so' },
      debit: { of: 'company', account: 'loss' } as const,
      credit: { of: 'company', account: 'company' } as const,
    };
    await (await admin('first')).ledger.adjust(call);
    const { transactionId } = await (await admin('second')).ledger.adjust(call);
    expect(transactionId).toEqual(expect.any(String));
    const held = { of: 'member', account: 'held', memberId: 'm' } as never;
    expect(await refusal((await admin('first')).ledger.adjust({ ...call, credit: held }))).toContain('untyped');
  });
});
