import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  explainAll,
  listed,
  look,
  openIncidents,
  sweep,
  unknownPayout,
  whyUnbound,
} from '#server/testing/unknown-payouts.ts';
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

test('a row that cannot be written down keeps no other payout from being looked for, and people are told once', async () => {
  const lost = await unknownPayout(app, { asset: 'LTC' });
  const row = listed(app, { coin: 'LTC', amount: '0.777' });
  await app.sql(`alter table incidents add constraint none_of_it check (subject not like '%${row}%') not valid`);
  await look(app);
  await look(app);
  const { attempts } = await shown(app, lost);
  expect([attempts[0]?.status, await whyUnbound(app, lost)]).toEqual(['unknown', 'rows_left']);
  const told = await app.sql(
    `select subject_id from notification_events where type = 'books.alarm' and reason = 'pool_rows_left'`,
  );
  expect(told).toEqual([{ subject_id: 'LTC' }]);
  await app.sql('alter table incidents drop constraint none_of_it');
  await sweep(app, 'LTC');
  await explainAll(app);
  await look(app);
  expect((await shown(app, lost)).status).toBe('submitted');
});

test('an old row that could not be dealt with is read again, and not only the last day', async () => {
  await sweep(app, 'DOGE');
  await app.sql(
    `update pool_watches set since = now() - interval '20 days', read_whole_at = null where asset = 'DOGE'`,
  );
  const row = listed(app, { coin: 'DOGE', amount: '0.778', createAt: Date.now() - 10 * 86_400_000 });
  await app.sql(`alter table incidents add constraint none_of_it check (subject not like '%${row}%') not valid`);
  await sweep(app, 'DOGE');
  await app.sql('alter table incidents drop constraint none_of_it');
  await sweep(app, 'DOGE');
  const incidents = () => openIncidents(app, 'DOGE');
  expect(await incidents()).toMatchObject([{ kind: 'unexplained_payout' }]);
  await explainAll(app);
  // Dealt with: a day passes before so much is read again.
  listed(app, { coin: 'DOGE', amount: '0.779', createAt: Date.now() - 10 * 86_400_000 });
  await sweep(app, 'DOGE');
  expect(await incidents()).toEqual([]);
});
