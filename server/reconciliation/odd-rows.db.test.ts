import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { listed, look, unknownPayout } from '#server/testing/unknown-payouts.ts';
import { shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

test.each([
  ['2', 'a character that no table can hold', 'refused\u0000'],
  ['3', 'half a character', 'refused \ud83d'],
  ['4', 'a text without an end', 'refused '.repeat(500)],
])('%s: a row of somebody else with %s keeps no payout from being sent and found', async (amount, _what, message) => {
  listed(app, { coin: 'PEP', amount: '77', status: 'failed', message, createAt: Date.now() - 3_600_000 });
  await app.sql('delete from pool_history_reads');
  const lost = await unknownPayout(app, { asset: 'PEP', amount });
  await look(app);
  expect((await shown(app, lost)).status).toBe('submitted');
});
