import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { COURSE, type NotificationBench, notificationBench } from '#server/testing/notifications.ts';
import { approved, asked, operatorOf, whateverMayCome } from '#server/testing/withdrawals.ts';

let bench: NotificationBench;
beforeAll(async () => {
  bench = await notificationBench();
});
afterEach(() => {
  for (const sink of [bench.alerts, bench.platform]) sink.answer(200);
  bench.mail.refuse(false);
});
afterAll(() => bench.close());

const alertsOf = (id: string) => bench.alerts.taken.filter(({ body }) => body.includes(id));

describe('a receiver that is down', () => {
  test('for an hour, and answers a tenth of the rest with an error after taking it: nothing is missing, in order', {
    timeout: 60_000,
  }, async () => {
    for (const sink of [bench.alerts, bench.platform]) sink.answer(503);
    bench.mail.refuse(true);
    const moved: string[] = [];
    const unknown: string[] = [];
    for (let at = 0; at < 8; at += 1) {
      // Money is not held up: each of these approvals and payouts runs while nobody can be told.
      const request = at % 4 === 0 ? await bench.lost() : await approved(bench.app);
      (at % 4 === 0 ? unknown : moved).push(request.id);
      await whateverMayCome(bench.app);
      await bench.deliver();
    }
    for (let round = 0; round < 3; round += 1)
      await bench.app.jobs.hurry('notifications.fan-out', 'notifications.deliver');
    expect([...moved, ...unknown].flatMap(bench.toldOf)).toEqual([]);
    const [state] = await bench.app.sql<{ statuses: string[] }>(
      `select array_agg(distinct w.status) as statuses from withdrawals w where id = any(?::uuid[])`,
      [`{${moved.join(',')}}`],
    );
    expect(state?.statuses).toEqual(['completed']);

    let count = 0;
    const lossy = () => (++count % 10 === 0 ? 500 : 200);
    const processed = new Set<string>();
    bench.platform.answer((request) => {
      const status = lossy();
      if (status === 500) processed.add(request.headers['webhook-id'] ?? '');
      return status;
    });
    bench.alerts.answer(200);
    bench.mail.refuse(false);
    for (let ran = 1, round = 0; ran > 0 && round < 30; round += 1)
      ran = await bench.app.jobs.hurry('notifications.deliver');
    expect(processed.size).toBeGreaterThan(1);
    for (const id of moved) expect(bench.toldOf(id)).toEqual(COURSE);
    for (const id of unknown) {
      // What comes after is what the pool's list tells of it.
      const first = bench.toldOf(id).slice(0, 3);
      expect(first).toEqual(['withdrawal.pending', 'withdrawal.approved', 'withdrawal.manual_review']);
      expect(alertsOf(id)).toHaveLength(1);
    }
    expect(
      await bench.app.sql(
        `select 1 from notification_deliveries where status <> 'delivered' and error <> 'no_receiver'`,
      ),
    ).toEqual([]);
  });

  test('is tried later and later, asked when it says when, and given up after three days with a word in the console', async () => {
    bench.platform.answer(429, { 'retry-after': '120' });
    const { id } = await asked(bench.app);
    await bench.deliver();
    const row = async () => {
      const [found] = await bench.app.sql<{
        id: string;
        wait: number;
        tries: number;
        status: string;
        http_status: number;
      }>(
        `select d.id, tries, d.status, http_status, extract(epoch from next_at - last_tried_at)::int as wait
         from notification_deliveries d join notification_events e on e.id = d.event_id where e.withdrawal_id = ?`,
        [id],
      );
      return found;
    };
    expect(await row()).toMatchObject({ tries: 1, status: 'pending', http_status: 429, wait: 120 });
    bench.platform.answer(500);
    for (let tries = 2; tries < 12; tries += 1) await bench.app.jobs.hurry('notifications.deliver');
    expect((await row())?.wait).toBeGreaterThanOrEqual(24 * 60);
    expect((await row())?.wait).toBeLessThanOrEqual(36 * 60);
    await bench.app.sql(`update notification_deliveries set give_up_at = now() where status = 'pending'`);
    await bench.app.jobs.hurry('notifications.deliver');
    expect(await row()).toMatchObject({ status: 'given_up' });
    const { caller } = await operatorOf(bench.app);
    const { rows } = await caller.notifications.list({ filter: { view: 'open' } });
    expect(rows.find(({ type }) => type === 'delivery.given_up')).toMatchObject({
      severity: 'warning',
      subject: { type: 'delivery', id: (await row())?.id },
      reason: 'webhook http_status 500',
    });
  });

  test('is told again when a person asks for it, and the audit says who', async () => {
    bench.platform.answer(500);
    const { id } = await asked(bench.app);
    await bench.deliver();
    bench.platform.answer(200);
    const { caller, id: admin } = await operatorOf(bench.app, 'admin');
    const { rows } = await caller.webhooks.deliveries({ id: bench.endpoint });
    const failed = rows.find(({ status }) => status === 'pending');
    await caller.webhooks.resend({ id: failed?.id ?? '' });
    await bench.deliver();
    expect(bench.toldOf(id)).toEqual(['withdrawal.pending']);
    const audited = await bench.app.sql(
      `select actor_id from audit_events where action = 'notification.resent' and after->>'delivery' = ?`,
      [failed?.id],
    );
    expect(audited).toEqual([{ actor_id: admin }]);
  });
});

describe('workers that die or meet', () => {
  test('killed between sending and recording: it is sent again', async () => {
    const { id } = await asked(bench.app);
    await bench.app.jobs.drain('notifications.fan-out');
    const [waiting] = await bench.app.sql<{ lane: string }>(
      `select lane from notification_deliveries d join notification_events e on e.id = d.event_id where e.withdrawal_id = ?`,
      [id],
    );
    const { sessions } = bench.app.container;
    const parcel = await sessions.inTransaction(({ deliveries }) => deliveries.claim(waiting?.lane ?? ''));
    expect(parcel).not.toBeNull();
    if (parcel) await sessions.withoutTransaction(({ deliveries }) => deliveries.send(parcel));
    // The worker is dead here. Its lease keeps others away for a while; then the message goes out once more.
    await bench.deliver();
    const sent = () => bench.platform.taken.filter(({ body }) => body.includes(id)).length;
    expect(sent()).toBe(1);
    await bench.app.sql("update notification_deliveries set lease_until = now() where status = 'pending'");
    await bench.app.jobs.hurry('notifications.deliver');
    expect(sent()).toBe(2);
    expect(bench.toldOf(id)).toEqual(['withdrawal.pending']);
  });

  test('killed after recording: the next message of the lane has its job', async () => {
    const { id } = await approved(bench.app);
    await bench.app.jobs.drain('notifications.fan-out');
    await bench.app.sql(`delete from pgboss.job where name = 'notifications.deliver' and state = 'created'`);
    const { sessions } = bench.app.container;
    const lane = `webhook:${bench.endpoint}:withdrawal:${id}`;
    const parcel = await sessions.inTransaction(({ deliveries }) => deliveries.claim(lane));
    if (!parcel) throw new Error('nothing to send');
    const result = await sessions.withoutTransaction(({ deliveries }) => deliveries.send(parcel));
    await sessions.inTransaction(({ deliveries }) => deliveries.record(parcel, result));
    expect(bench.toldOf(id)).toEqual(['withdrawal.pending']);
    await bench.deliver();
    expect(bench.toldOf(id)).toEqual(['withdrawal.pending', 'withdrawal.approved']);
  });

  test('the job of a later event alone tells the earlier ones first', async () => {
    const { id } = await approved(bench.app);
    const jobs = await bench.app.sql<{ id: string }>(
      `select e.id from notification_events e where e.withdrawal_id = ? order by e.seq`,
      [id],
    );
    const last = jobs.at(-1)?.id ?? '';
    await bench.app.container.sessions.inTransaction(({ deliveries }) => deliveries.fanOut([last]));
    await bench.app.jobs.drain('notifications.deliver');
    expect(bench.toldOf(id)).toEqual(['withdrawal.pending', 'withdrawal.approved']);
  });

  test('a job that is gone comes back: nothing waits for ever', async () => {
    const { id } = await asked(bench.app);
    await bench.app.sql(`delete from pgboss.job where name like 'notifications.%' and state = 'created'`);
    await bench.deliver();
    expect(bench.toldOf(id)).toEqual([]);
    await bench.app.container.sessions.inTransaction(({ lostJobs }) => lostJobs.rearm());
    await bench.app.jobs.drain('notifications.fan-out');
    await bench.app.sql(`delete from pgboss.job where name = 'notifications.deliver' and state = 'created'`);
    await bench.app.container.sessions.inTransaction(({ lostJobs }) => lostJobs.rearm());
    await bench.deliver();
    expect(bench.toldOf(id)).toEqual(['withdrawal.pending']);
  });

  test('many at once send each message once and keep the order', async () => {
    const request = await approved(bench.app);
    await whateverMayCome(bench.app);
    const jobs = await bench.app.sql<{ id: string }>(
      `select data->>'eventId' as id from pgboss.job where name = 'notifications.fan-out' and state = 'created'`,
    );
    const { sessions } = bench.app.container;
    // Last first, all at once.
    await Promise.all(
      jobs.reverse().map(({ id }) => sessions.inTransaction(({ deliveries }) => deliveries.fanOut([id]))),
    );
    const lane = `webhook:${bench.endpoint}:withdrawal:${request.id}`;
    const work = async () => {
      for (;;) {
        const parcel = await sessions.inTransaction(({ deliveries }) => deliveries.claim(lane));
        if (!parcel) return;
        const result = await sessions.withoutTransaction(({ deliveries }) => deliveries.send(parcel));
        await sessions.inTransaction(({ deliveries }) => deliveries.record(parcel, result));
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    await bench.app.jobs.hurry('notifications.deliver');
    expect(bench.toldOf(request.id)).toEqual(COURSE);
    expect(bench.platform.taken.filter(({ body }) => body.includes(request.id))).toHaveLength(COURSE.length);
  });
});

test('neither the chat address nor the mail password is in the database or on a page', async () => {
  const { caller } = await operatorOf(bench.app, 'admin');
  const { rows } = await caller.notifications.list({ filter: { view: 'all' } });
  const logs = await Promise.all(rows.map(({ id }) => caller.notifications.deliveries({ id })));
  const seen = JSON.stringify([rows, logs, await caller.webhooks.list({})]);
  const [kept] = await bench.app.sql<{ text: string }>(
    `select string_agg(d::text, '') || (select string_agg(w::text, '') from webhook_endpoints w) as text from notification_deliveries d`,
  );
  for (const text of [seen, kept?.text ?? '']) {
    expect(text).not.toContain('hidden-token');
    expect(text).not.toContain('mail-password');
    expect(text).not.toContain('whsec_');
  }
});
