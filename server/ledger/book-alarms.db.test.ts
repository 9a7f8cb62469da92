import { afterAll, beforeAll, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { Bookings } from '#server/testing/bookings.ts';
import { requested } from '#server/testing/members.ts';
import { operatorOf } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

const looked = () => app.container.sessions.inTransaction(({ bookAlarms }) => bookAlarms.look());
const told = () =>
  app.sql<{ id: string; reason: string; subject_id: string; amount: string; claimed: string }>(
    `select n.id, reason, subject_id, trim_scale(amount)::text as amount, trim_scale(claimed)::text as claimed
     from notification_events e join notifications n using (id) where type = 'books.alarm' order by seq`,
  );

test('what was credited before it was mined is told once, not again when somebody has seen it, and ends by itself', async () => {
  await looked();
  expect(await told()).toEqual([]);
  await requested(app, { amount: '0.31' });
  const [{ ahead } = { ahead: '' }] = await app.sql<{ ahead: string }>(
    `select trim_scale(sum(amount))::text as ahead from ledger_entries where code = 'undistributed' and asset = 'LTC'`,
  );
  await looked();
  await looked();
  const alarms = await told();
  const [{ claimed } = { claimed: '' }] = await app.sql<{ claimed: string }>(
    `select trim_scale(-sum(amount))::text as claimed from ledger_entries where code like 'user:%'`,
  );
  const said = { id: expect.any(String), subject_id: 'LTC', amount: ahead, claimed };
  expect(alarms).toEqual([
    { ...said, reason: 'coin_owed_beyond_held' },
    { ...said, reason: 'coin_credited_beyond_mined' },
  ]);
  const { caller } = await operatorOf(app);
  const mined = Amount.parse('LTC', claimed).minus(Amount.parse('LTC', ahead)).toString();
  const shown = (await caller.notifications.list({})).rows.map(({ compared }) => compared);
  expect(shown).toEqual([
    { claimed, there: mined },
    { claimed, there: mined },
  ]);
  for (const { id } of alarms) await caller.notifications.acknowledge({ id });
  await looked();
  expect(await told()).toHaveLength(2);
  await new Bookings(app).collect('2026-03-01', Amount.parse('LTC', ahead), newId());
  await looked();
  expect(await told()).toHaveLength(2);
});
