import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { domainCodeOf, platformOf } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

describe('amounts that are finer than the coin', () => {
  test.each([
    ['0.000000001', 'amount.scale'],
    ['1.123456789', 'amount.scale'],
    ['0.000000000000000001', 'amount.scale'],
    ['100.00000001', 'ledger.insufficient_funds'],
  ])('a request of %s LTC is %s', async (amount, code) => {
    const { caller } = await platformOf(app);
    const wish = { memberId: 'nobody', asset: 'LTC', amount, idempotencyKey: newId() };
    const refused = await caller.withdrawals.request(wish).catch((error: unknown) => domainCodeOf(error));
    expect(refused).toBe(code);
  });

  test('coins that cannot be withdrawn from the pool are unknown there', async () => {
    const { caller } = await platformOf(app);
    for (const asset of ['BSC:BNB', 'XYZ']) {
      const wish = { memberId: 'nobody', asset, amount: '1', idempotencyKey: newId() };
      expect(await caller.withdrawals.request(wish).catch((error: unknown) => domainCodeOf(error))).toBe(
        'asset.unknown',
      );
    }
  });
});
