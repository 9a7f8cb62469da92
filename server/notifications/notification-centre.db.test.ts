import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type NotificationBench, notificationBench } from '#server/testing/notifications.ts';
import { operatorOf, refusal } from '#server/testing/withdrawals.ts';

const TWELVE_HOURS_MS = 12 * 3_600_000;
let bench: NotificationBench;
beforeAll(async () => {
  bench = await notificationBench();
});
afterAll(() => bench.close());

/** A withdrawal whose outcome is unknown, and the notification that stands in the console for it. */
async function notified(): Promise<{ id: string; withdrawalId: string }> {
  const request = await bench.lost();
  const { caller } = await operatorOf(bench.app);
  const { rows } = await caller.notifications.list({});
  const { id } = rows.find((row) => row.withdrawal?.id === request.id) ?? { id: '' };
  return { id, withdrawalId: request.id };
}
async function shownTo(role: 'finance' | 'support' | 'auditor', view: 'open' | 'mine' | 'all' = 'open') {
  const { caller } = await operatorOf(bench.app, role);
  return (await caller.notifications.list({ filter: { view } })).rows;
}
const audited = async (id: string) =>
  (
    await bench.app.sql<{ action: string }>(
      `select action from audit_events where subject_type = 'notification' and subject_id = ? order by id`,
      [id],
    )
  ).map(({ action }) => action);

describe('a notification in the console', () => {
  test('stands there as soon as what it tells of is committed, with all that a person needs', async () => {
    const { id, withdrawalId } = await notified();
    const row = (await shownTo('finance')).find((each) => each.id === id);
    expect(row).toMatchObject({
      type: 'withdrawal.manual_review',
      severity: 'critical',
      withdrawal: { id: withdrawalId, kind: 'mining', status: 'manual-review' },
      attempts: 1,
      reason: expect.any(String),
      acknowledged: null,
      assigned: null,
      escalated: null,
    });
  });

  test('that one acknowledges is acknowledged for everybody, once, and the audit says by whom', async () => {
    const { id } = await notified();
    const { caller: finance, id: financeId } = await operatorOf(bench.app, 'finance');
    const { caller: auditor } = await operatorOf(bench.app, 'auditor');
    const before = await auditor.notifications.unread({});
    await finance.notifications.acknowledge({ id });
    await (await operatorOf(bench.app, 'admin')).caller.notifications.acknowledge({ id });
    expect((await shownTo('finance')).map((row) => row.id)).not.toContain(id);
    expect((await shownTo('auditor', 'all')).find((row) => row.id === id)?.acknowledged?.by?.id).toBe(financeId);
    expect((await auditor.notifications.unread({})).open.count).toBe(before.open.count - 1);
    expect(await audited(id)).toEqual(['notification.acknowledged']);
  });

  test('that is critical is taken up by those who decide: support takes up the rest, the auditor only looks', async () => {
    const { id } = await notified();
    const { caller: support, id: operatorId } = await operatorOf(bench.app, 'support');
    const { caller: auditor } = await operatorOf(bench.app, 'auditor');
    const taking = [
      ({ notifications }: typeof support) => notifications.assign({ id, operatorId }),
      ({ notifications }: typeof support) => notifications.escalate({ id }),
      ({ notifications }: typeof support) => notifications.acknowledge({ id }),
    ];
    for (const take of taking) expect(await refusal(take(support))).toBe('auth.forbidden');
    await bench.app.sql(`update notifications set severity = 'warning' where id = ?`, [id]);
    for (const take of taking) expect(await refusal(take(auditor))).toBe('auth.forbidden');
    for (const take of taking) expect(await refusal(take(support))).toBe('none');
  });

  test('is of whom it was assigned to, and only people who can act may have it', async () => {
    const { id } = await notified();
    const { caller, id: mine } = await operatorOf(bench.app, 'finance');
    const { id: auditor } = await operatorOf(bench.app, 'auditor');
    await caller.notifications.assign({ id, operatorId: mine });
    expect((await shownTo('finance', 'mine')).map((row) => row.id)).toContain(id);
    expect(await shownTo('support', 'mine')).toEqual([]);
    expect(await refusal(caller.notifications.assign({ id, operatorId: auditor }))).toBe('operator.not_found');
    expect(await refusal(caller.notifications.assign({ id, operatorId: newId() }))).toBe('operator.not_found');
    await caller.notifications.assign({ id, operatorId: null });
    expect(await shownTo('finance', 'mine')).toEqual([]);
    expect(await audited(id)).toEqual(['notification.assigned', 'notification.assigned']);
  });

  test('is told again by hand while nobody has acknowledged it, and not afterwards', async () => {
    const { id } = await notified();
    const { caller } = await operatorOf(bench.app, 'finance');
    await bench.deliver();
    const before = bench.alerts.taken.length;
    await caller.notifications.escalate({ id });
    await bench.deliver();
    expect(bench.alerts.taken.slice(before).map(({ body }) => body)).toEqual([
      expect.stringContaining('확인되지 않아 다시 알림'),
    ]);
    await caller.notifications.acknowledge({ id });
    expect(await refusal(caller.notifications.escalate({ id }))).toBe('notification.acknowledged');
    expect(await audited(id)).toEqual(['notification.escalated', 'notification.acknowledged']);
  });

  test('that is not there is not found', async () => {
    const { caller } = await operatorOf(bench.app, 'finance');
    const id = newId();
    for (const call of [
      () => caller.notifications.acknowledge({ id }),
      () => caller.notifications.assign({ id, operatorId: null }),
      () => caller.notifications.escalate({ id }),
    ]) {
      expect(await refusal(call())).toBe('notification.not_found');
    }
    expect(await refusal(caller.notifications.resend({ id }))).toBe('delivery.not_found');
  });
});

describe('twelve hours later', () => {
  test('what nobody has acknowledged is told once more, by itself and once', async () => {
    const left = await notified();
    const seen = await notified();
    await bench.deliver();
    const { caller } = await operatorOf(bench.app, 'finance');
    await caller.notifications.acknowledge({ id: seen.id });
    await bench.app.jobs.hurry('notifications.escalate');
    expect((await shownTo('finance')).find((row) => row.id === left.id)?.escalated).toBeNull();
    bench.app.clock.pass(TWELVE_HOURS_MS);
    const before = bench.alerts.taken.length;
    await bench.app.jobs.hurry('notifications.escalate');
    await bench.app.jobs.hurry('notifications.escalate');
    await bench.deliver();
    const row = (await shownTo('finance')).find((each) => each.id === left.id);
    expect(row?.escalated).toMatchObject({ by: null });
    const told = bench.alerts.taken.slice(before).map(({ body }) => body);
    expect(told.filter((body) => body.includes(left.withdrawalId))).toHaveLength(1);
    expect(told.filter((body) => body.includes(seen.withdrawalId))).toEqual([]);
    expect(await audited(left.id)).toEqual(['notification.escalated']);
  });
});

describe('the list', () => {
  test('is read page by page, newest first, without a gap', async () => {
    for (let made = 0; made < 3; made += 1) await notified();
    const { caller } = await operatorOf(bench.app, 'finance');
    const all = (await caller.notifications.list({ filter: { view: 'all' }, limit: 100 })).rows;
    const walked: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof caller.notifications.list>> = await caller.notifications.list({
        filter: { view: 'all' },
        cursor,
        limit: 2,
      });
      walked.push(...page.rows.map(({ id }) => id));
      expect(page.total).toEqual({ count: all.length, exact: true });
      cursor = page.nextCursor;
    } while (cursor);
    expect(walked).toEqual(all.map(({ id }) => id));
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  });

  test('shows one severity alone when asked to', async () => {
    const { caller } = await operatorOf(bench.app, 'finance');
    const { rows } = await caller.notifications.list({ filter: { view: 'all', severity: ['info'] } });
    expect(rows.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const critical = await caller.notifications.list({ filter: { view: 'all', severity: ['critical'] } });
    expect(critical.rows.length).toBeGreaterThan(0);
  });
});
