import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { approved, asked, operatorOf, whateverMayCome } from '#server/testing/withdrawals.ts';

const METHOD = 'assetWithdrawRequest';
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

interface Row {
  type: string;
  attempts: number;
  people: boolean;
}
const announced = (id: string) =>
  app.sql<Row>(
    'select type, attempts, for_people as people from notification_events where withdrawal_id = ? order by seq',
    [id],
  );
const types = async (id: string) => (await announced(id)).map(({ type }) => type);

describe('every change of status writes one line into the outbox', () => {
  test('from the request to the coins in the company account', async () => {
    const { id } = await approved(app, { amount: '2' });
    await whateverMayCome(app);
    expect(await types(id)).toEqual([
      'withdrawal.pending',
      'withdrawal.approved_pending',
      'withdrawal.approved',
      'withdrawal.submitted',
      'withdrawal.completed',
    ]);
  });

  test('with what the receiver needs: who, what, where to, since when, from which status', async () => {
    const request = await asked(app);
    const { caller } = await operatorOf(app);
    await caller.withdrawals.reject({ id: request.id, reason: 'unknown member' });
    const rows = await app.sql(
      `select member_id, asset, trim_scale(amount)::text as amount, target, requested_at is not null as dated, from_status,
         to_status, reason, severity, subject_type, subject_id from notification_events
       where withdrawal_id = ? order by seq desc limit 1`,
      [request.id],
    );
    expect(rows).toEqual([
      {
        member_id: request.memberId,
        asset: request.asset,
        amount: request.amount,
        target: expect.stringContaining('@'),
        dated: true,
        from_status: 'pending',
        to_status: 'rejected',
        reason: 'unknown member',
        severity: 'info',
        subject_type: 'withdrawal',
        subject_id: request.id,
      },
    ]);
  });

  test('an attempt that leaves the status as it is writes none, and people hear of the first retry alone', async () => {
    app.hashdam.control.fault({ method: METHOD, fault: 'rate_limited', times: 3 });
    const { id } = await approved(app);
    await app.jobs.drain('payout.dispatch');
    for (const _try of [2, 3, 4]) await app.jobs.hurry('payout.dispatch');
    const sent = (await announced(id)).slice(2);
    expect(sent.map(({ type, attempts, people }) => `${type} ${attempts} ${people}`)).toEqual([
      'withdrawal.retrying 1 true',
      'withdrawal.retrying 2 false',
      'withdrawal.retrying 3 false',
      'withdrawal.submitted 4 false',
    ]);
  });
});

describe('what did not happen is not told', () => {
  test('a rolled back change leaves no line behind', async () => {
    const { id } = await asked(app);
    const before = await types(id);
    const by = { type: 'operator', id: newId(), role: 'finance', sessionId: newId() } as const;
    const undone = app.container.sessions.inTransaction(async ({ withdrawals }) => {
      await withdrawals.reject({ id, reason: 'no' }, by);
      throw new Error('the commit failed');
    });
    await expect(undone).rejects.toThrow('the commit failed');
    expect(await types(id)).toEqual(before);
  });
});

test('other modules announce with one call', async () => {
  const subject = { type: 'system', id: newId() } as const;
  await app.container.sessions.inTransaction(async ({ notifications }) =>
    notifications.announce({ type: 'system.frozen', subject, reason: 'drill' }),
  );
  expect(
    await app.sql('select type, severity, for_people, reason from notification_events where subject_id = ?', [
      subject.id,
    ]),
  ).toEqual([{ type: 'system.frozen', severity: 'critical', for_people: true, reason: 'drill' }]);
});

test('what was announced cannot be changed or taken back', async () => {
  const { id } = await asked(app);
  for (const text of [
    "update notification_events set reason = 'other' where withdrawal_id = ?",
    'delete from notification_events where withdrawal_id = ?',
  ]) {
    await expect(app.sql(text, [id])).rejects.toThrow('append-only');
  }
});
