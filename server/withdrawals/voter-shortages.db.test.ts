import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { asked, operatorOf, platformOf, shown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  // LTC takes two people from 1 on, and there are two of finance: the administrator with the platform's key has left.
  app = await testApplication();
  await platformOf(app);
  await app.sql('update operators set disabled_at = now() where id in (select shown_to from api_key_secrets)');
});
afterAll(() => app.close());

const told = async ({ id }: { id: string }) =>
  (
    await app.sql(`select 1 from notification_events where type = 'withdrawal.too_few_approvers' and subject_id = ?`, [
      id,
    ])
  ).length;

test('enough people are no news', async () => {
  const request = await asked(app, { amount: '2' });
  expect(await told(request)).toBe(0);
  expect((await shown(app, request)).quorum?.isPossible).toBe(true);
});

test('where only one is left beside the requester, it is taken, people are told once, and the panel says so', async () => {
  const { caller } = await operatorOf(app);
  const request = await asked(app, { amount: '2', by: caller });
  expect((await shown(app, request)).status).toBe('pending');
  expect(await told(request)).toBe(1);
  const { quorum } = await shown(app, request);
  expect(quorum).toMatchObject({ isPossible: false, missing: { people: 2 }, leftAfterYours: 1 });
  await app.jobs.drain('notifications.fan-out');
  await caller.withdrawals.edit({ id: request.id, amount: '3', reason: 'as the member says' });
  expect(await told(request)).toBe(1);
});

test('one person is enough where one is asked for', async () => {
  const { caller } = await operatorOf(app);
  const request = await asked(app, { amount: '0.5', by: caller });
  expect(await told(request)).toBe(0);
});

test('whoever was shown the key that asked is not counted, nor who has no second factor', async () => {
  const second = await operatorOf(app, 'finance', 'second');
  await app.sql('update operator_second_factors set confirmed_at = null where operator_id = ?', [second.id]);
  const without = await asked(app, { amount: '2' });
  expect(await told(without)).toBe(1);
  const names = (await shown(app, without)).quorum?.mayVote.map(({ id }) => id);
  expect(names).toContain((await operatorOf(app)).id);
  expect(names).not.toContain(second.id);
  await app.sql('update operator_second_factors set confirmed_at = now() where operator_id = ?', [second.id]);
  await app.sql('update api_key_secrets set shown_to = ?', [second.id]);
  expect(await told(await asked(app, { amount: '2' }))).toBe(1);
});

test('what was not asked for in the end is not told', async () => {
  const { caller } = await operatorOf(app);
  const count = async () =>
    (await app.sql(`select 1 from notification_events where type = 'withdrawal.too_few_approvers'`)).length;
  const before = await count();
  const beyond = { memberId: 'member-poor', asset: 'LTC', amount: '2', idempotencyKey: newId() };
  await expect(caller.withdrawals.request(beyond)).rejects.toThrow();
  expect(await count()).toBe(before);
});
