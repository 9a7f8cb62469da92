import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { agreed } from '#server/testing/decisions.ts';
import { completed, handedOver, refused, shownLate, takenBack } from '#server/testing/late-payments.ts';
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

describe('what else is done to a withdrawal writes a line as well, for platforms alone', () => {
  /** What came after a moment, with the status as it was told: `before>now`, or `now` where it stayed. */
  const toldAfter = async (id: string, act: () => Promise<unknown>) => {
    const before = (await types(id)).length;
    await act();
    const rows = await app.sql<{ type: string; told: string; people: boolean }>(
      `select type, concat_ws('>', from_status, to_status) as told, for_people as people
       from notification_events where withdrawal_id = ? order by seq`,
      [id],
    );
    const news = rows.slice(before).filter(({ type }) => type !== 'incident.opened' && type !== 'incident.closed');
    expect(news.filter(({ people }) => people)).toEqual([]);
    return news.map(({ type, told }) => `${type.replace('withdrawal.', '')} ${told}`);
  };

  test('a hold, and the end of it', async () => {
    const { id } = await asked(app);
    const { caller } = await operatorOf(app);
    const why = { reason: 'compliance', note: 'papers' } as const;
    expect(await toldAfter(id, () => caller.withdrawals.hold({ id, ...why }))).toEqual(['held pending']);
    expect(await toldAfter(id, () => caller.withdrawals.release({ id }))).toEqual(['released pending']);
  });

  test('another amount, which is told before the status that it leads to', async () => {
    const { id } = await asked(app);
    const { caller } = await operatorOf(app);
    const edit = (amount: string) => () => caller.withdrawals.edit({ id, amount, reason: 'typed wrong' });
    expect(await toldAfter(id, edit('0.5'))).toEqual(['edited pending']);
    const [row] = await app.sql<{ amount: string }>(
      `select trim_scale(amount)::text as amount from notification_events where withdrawal_id = ? order by seq desc limit 1`,
      [id],
    );
    expect(row).toEqual({ amount: '0.5' });
    const other = await approved(app);
    const changed = { id: other.id, amount: '0.25', reason: 'typed wrong' };
    const again = await toldAfter(other.id, () => caller.withdrawals.edit(changed));
    expect(again).toEqual(['edited approved>pending', 'pending approved>pending']);
    await app.jobs.drain('payout.dispatch');
  });

  test('a report that the member was paid, and a payment that is taken back after it', async () => {
    const done = await completed(app);
    expect(await toldAfter(done.id, () => handedOver(app, done))).toEqual(['reported_paid completed']);
    const { incidentId } = await takenBack(app, done);
    const back = { decision: 'unsettle', coinsBack: true } as const;
    expect(await toldAfter(done.id, () => agreed(app, incidentId, back))).toEqual(['taken_back completed']);
  });

  test('one that is taken back before it', async () => {
    const of = await takenBack(app, await completed(app));
    const rows = await app.sql<{ type: string }>(
      'select type from notification_events where withdrawal_id = ? order by seq',
      [of.id],
    );
    await agreed(app, of.incidentId, { decision: 'unsettle', coinsBack: true });
    const news = (await types(of.id)).slice(rows.length).filter((type) => type.startsWith('withdrawal.'));
    expect(news).toEqual(['withdrawal.taken_back', 'withdrawal.failed']);
  });

  test('a payment that shows up after all, and one of those that is taken back again', async () => {
    const request = await refused(app);
    let incidentId = '';
    const shown = async () => {
      ({ incidentId } = await shownLate(app, request));
    };
    expect(await toldAfter(request.id, shown)).toEqual(['late failed']);
    expect(incidentId).not.toBe('');
    const of = await takenBack(app, request);
    const back = { decision: 'unsettle', coinsBack: true } as const;
    expect(await toldAfter(request.id, () => agreed(app, of.incidentId, back))).toEqual([
      'taken_back failed',
      'released failed',
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
