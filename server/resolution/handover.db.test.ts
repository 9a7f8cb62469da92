import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { completed, handedOver } from '#server/testing/late-payments.ts';
import { aFundedWallet, sentMove, timePasses } from '#server/testing/wallet-payouts.ts';
import { bookings, operatorOf, platformOf, purse, refusal, shown, unknown } from '#server/testing/withdrawals.ts';

const TEN = { asset: 'BELLS', amount: '10' };
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

describe('the report that the member was paid', () => {
  test('scenario 3 and 1: until it comes the debt stays; it names the payment and ends the debt', async () => {
    const done = await completed(app, TEN);
    expect(await purse(app, done)).toBe('90/0/0/10');
    const { decision } = await handedOver(app, done);
    expect(decision).toBeNull();
    expect(await purse(app, done)).toBe('90/0/0/0');
    expect(await bookings(app, done)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1, HANDOVER: 1 });
  });

  test('scenario 46: comes once for a withdrawal, and once under a name', async () => {
    const [one, two] = [await completed(app, TEN), await completed(app, TEN)];
    const reference = newId();
    await handedOver(app, one, reference);
    expect(await refusal(handedOver(app, one))).toBe('withdrawal.already_reported');
    expect(await refusal(handedOver(app, two, reference))).toBe('withdrawal.reference_used');
  });

  test('takes two people where no platform says it', async () => {
    const done = await completed(app, TEN);
    const report = async (name: string) =>
      (await operatorOf(app, 'finance', name)).caller.withdrawals.reportPaid({
        ...{ id: done.id, reference: `bank-${done.id}`, paidAt: '2026-03-01T00:00:00.000Z' },
        idempotencyKey: newId(),
      });
    expect((await report('first')).decision?.state).toBe('proposed');
    expect((await report('first')).decision?.state).toBe('proposed');
    expect(await purse(app, done)).toBe('90/0/0/10');
    expect((await report('second')).decision?.state).toBe('confirmed');
    expect(await purse(app, done)).toBe('90/0/0/0');
  });

  test('is refused of what never reached the company, and of tomorrow', async () => {
    const lost = await unknown(app);
    expect(await refusal(handedOver(app, lost))).toBe('withdrawal.not_completed');
    const done = await completed(app, TEN);
    const { caller } = await platformOf(app);
    const paidAt = new Date(Date.now() + 86_400_000).toISOString();
    const call = { id: done.id, reference: newId(), paidAt, idempotencyKey: newId() };
    expect(await refusal(caller.withdrawals.reportPaid(call))).toBe('input.invalid');
  });

  test('is neither offered nor taken of what went from a wallet straight to its target', async () => {
    const wallet = await aFundedWallet(app, { bnb: '1', usdt: '5' });
    const move = await sentMove(app, wallet, { amount: '5' });
    await app.jobs.hurry('payout.look-up');
    await timePasses(app, 10);
    await app.jobs.hurry('payout.look-up');
    const { status, allowed } = await shown(app, move);
    expect({ status, reportPaid: allowed.reportPaid }).toEqual({
      status: 'completed',
      reportPaid: 'withdrawal.not_completed',
    });
    expect(await refusal(handedOver(app, move))).toBe('withdrawal.not_completed');
  });

  test('of one withdrawal twenty times at once is booked once', async () => {
    const done = await completed(app, TEN);
    await Promise.allSettled(Array.from({ length: 20 }, () => handedOver(app, done)));
    expect((await bookings(app, done))['HANDOVER']).toBe(1);
  });
});
