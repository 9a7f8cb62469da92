import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { approved, operatorOf, unknown } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ environment: { NOTIFICATIONS_KEPT_DAYS: '60' } });
});
afterAll(() => app.close());

const daysPass = (days: number) =>
  app.sql(`do $$ begin
    set local session_replication_role = replica;
    update notification_events set at = at - interval '${days} days',
      fanned_out_at = fanned_out_at - interval '${days} days';
  end $$`);
async function typesAfterForgetting(): Promise<string[]> {
  await app.container.sessions.inTransaction(({ jobs }) => jobs.send('notifications.forget', {}));
  await app.jobs.drain('notifications.forget');
  const rows = await app.sql<{ type: string }>('select type from notification_events order by seq');
  return rows.map(({ type }) => type);
}

test('what was told long ago goes, but not what nobody has acknowledged or passed on yet; the record stays', async () => {
  const { id } = await unknown(app);
  await app.jobs.drain('notifications.fan-out');
  const recorded = await app.sql<{ id: string }>('select id from audit_events');
  await daysPass(59);
  const all = await typesAfterForgetting();
  expect(all).toContain('withdrawal.pending');
  await daysPass(2);
  expect(await typesAfterForgetting()).toEqual(['withdrawal.manual_review']);
  const [shown] = await app.sql<{ id: string }>('select id from notifications');
  await (await operatorOf(app)).caller.notifications.acknowledge({ id: shown?.id ?? '' });
  await approved(app);
  await daysPass(61);
  expect(await typesAfterForgetting()).toEqual(['withdrawal.pending', 'withdrawal.approved']);
  expect(await app.sql('select id from audit_events')).toEqual(expect.arrayContaining(recorded));
  expect(await app.sql('select 1 from notifications where id = ?', [id])).toEqual([]);
});

test('nobody forgets what is younger than thirty days, not even by raw SQL', async () => {
  await approved(app);
  await app.jobs.drain('notifications.fan-out');
  await daysPass(29);
  await expect(app.sql('delete from notification_events')).rejects.toThrow('append-only');
});
