import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { frozen, lifted } from '#server/testing/freezes.ts';
import { approved, asked, bookings, operatorOf, paidOut, purse, refusal, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const tooOld = (ids: readonly string[]) =>
  app.sql('update withdrawals set valid_until = now() where id in (select jsonb_array_elements_text(?::jsonb)::uuid)', [
    JSON.stringify(ids),
  ]);

describe('scenario 19: an approval gets too old while a payout is tried again', () => {
  test('everybody votes again, the money stays held; if nobody does, it is free again', async () => {
    const request = await approved(app);
    app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'rate_limited' });
    await app.jobs.drain('payout.dispatch');
    expect((await shown(app, request)).status).toBe('retrying');
    await tooOld([request.id]);
    await app.jobs.hurry('payout.dispatch');
    expect(await shown(app, request)).toMatchObject({ status: 'pending', approvals: { given: [] } });
    expect((await purse(app, request)).endsWith(`/${request.amount}/0/0`)).toBe(true);
    await app.sql(`update withdrawals set expires_at = now() - interval '1 second' where id = ?`, [request.id]);
    await app.jobs.hurry('withdrawal.expire');
    expect((await shown(app, request)).status).toBe('cancelled');
    expect(await purse(app, request)).toBe('100/0/0/0');
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, RETURN: 1, RELEASE: 1 });
    expect(paidOut(app, request)).toEqual([]);
  });
});

describe('scenario 20: frozen for longer than an approval is good', () => {
  test('nothing is sent while frozen, and lifting it starts no avalanche: what got too old is voted on again', async () => {
    const old = await Promise.all(Array.from({ length: 12 }, () => approved(app)));
    const freeze = await frozen(app, { scope: 'all' });
    await app.jobs.hurry('payout.dispatch');
    for (const request of old) {
      expect(await shown(app, request)).toMatchObject({ status: 'approved', waitReason: 'frozen', attempts: [] });
    }
    await tooOld(old.map(({ id }) => id));
    await lifted(app, freeze);
    const fresh = await approved(app);
    await app.jobs.hurry('payout.dispatch');
    for (const request of old) expect((await shown(app, request)).status).toBe('pending');
    expect(old.flatMap((request) => paidOut(app, request))).toEqual([]);
    expect(paidOut(app, fresh)).toHaveLength(1);
  });

  test('and nobody asks for anything while it is frozen', async () => {
    const { caller } = await operatorOf(app, 'admin');
    const request = await asked(app);
    const freeze = await frozen(app, { scope: 'asset', target: 'LTC' });
    expect(await refusal(asked(app, { memberId: request.memberId, funds: '0', by: caller }))).toBe('system.frozen');
    await lifted(app, freeze);
  });
});
