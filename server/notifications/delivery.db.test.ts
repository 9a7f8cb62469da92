import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { COURSE, type NotificationBench, notificationBench, type Told } from '#server/testing/notifications.ts';
import { startHttpSink } from '#server/testing/sinks.ts';
import { approved, asked, operatorOf, refusal, whateverMayCome } from '#server/testing/withdrawals.ts';

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

describe('a platform', () => {
  test('is told of every move of a withdrawal, in order, signed so that the library verifies it', async () => {
    const request = await approved(bench.app);
    await whateverMayCome(bench.app);
    await bench.deliver();
    expect(bench.toldOf(request.id)).toEqual(COURSE);
    const received = bench.platform.taken.find(({ body }) => body.includes(request.id) && body.includes('completed'));
    const verified = new Webhook(bench.secret).verify(received?.body ?? '', received?.headers ?? {});
    expect(verified).toEqual({
      type: 'withdrawal.completed',
      timestamp: expect.stringMatching(/Z$/),
      data: {
        id: request.id,
        memberId: request.memberId,
        asset: request.asset,
        amount: request.amount,
        target: expect.any(String),
        status: 'completed',
        previousStatus: 'submitted',
        requestedAt: expect.any(String),
        attempts: 1,
        reason: null,
        sequence: expect.stringMatching(/^\d+$/),
      },
    });
    const forged = `${received?.body}`.replace(request.amount, '1000000');
    expect(() => new Webhook(bench.secret).verify(forged, received?.headers ?? {})).toThrow();
  });

  test('is told nothing of a change that was rolled back', async () => {
    const { id } = await asked(bench.app);
    await bench.deliver();
    const before = bench.toldOf(id);
    const by = { type: 'operator', id: newId(), role: 'finance', sessionId: newId() } as const;
    await bench.app.container.sessions
      .inTransaction(async ({ withdrawals }) => {
        await withdrawals.reject({ id, reason: 'no' }, by);
        throw new Error('the commit failed');
      })
      .catch(() => undefined);
    await bench.deliver();
    expect(bench.toldOf(id)).toEqual(before);
  });

  test('verifies with the old secret and with the new one while they are rotated', async () => {
    const { caller } = await operatorOf(bench.app, 'admin');
    const rotated = await caller.webhooks.rotateSecret({ id: bench.endpoint });
    expect(rotated.secret).not.toBe(bench.secret);
    const { id } = await asked(bench.app);
    await bench.deliver();
    const received = bench.platform.taken.find(({ body }) => body.includes(id));
    for (const either of [bench.secret, rotated.secret]) {
      expect(() => new Webhook(either).verify(received?.body ?? '', received?.headers ?? {})).not.toThrow();
    }
    await bench.app.sql("update webhook_endpoints set previous_until = now() - interval '1 second' where id = ?", [
      bench.endpoint,
    ]);
    const later = await asked(bench.app);
    await bench.deliver();
    const last = bench.platform.taken.find(({ body }) => body.includes(later.id));
    expect(() => new Webhook(bench.secret).verify(last?.body ?? '', last?.headers ?? {})).toThrow();
    expect(() => new Webhook(rotated.secret).verify(last?.body ?? '', last?.headers ?? {})).not.toThrow();
  });

  test('gets nothing more once its webhook is revoked, not even what waited', async () => {
    const { caller } = await operatorOf(bench.app, 'admin');
    const other = await startHttpSink();
    other.answer(503);
    const { id } = await caller.webhooks.create({ url: other.url, description: 'other' });
    await caller.webhooks.test({ id });
    await bench.deliver();
    expect(other.seen.map(({ body }) => (JSON.parse(body) as Told).type)).toEqual(['webhook.test']);
    await caller.webhooks.revoke({ id });
    other.answer(200);
    await bench.app.jobs.hurry('notifications.deliver');
    expect(other.taken).toEqual([]);
    expect((await caller.webhooks.deliveries({ id })).rows).toMatchObject([
      { status: 'given_up', error: 'no_receiver' },
    ]);
    expect(await refusal(caller.webhooks.test({ id }))).toBe('webhook.revoked');
    expect(await refusal(caller.webhooks.test({ id: newId() }))).toBe('webhook.not_found');
    await other.close();
  });

  test('is nowhere inside our own network', async () => {
    const { caller } = await operatorOf(bench.app, 'admin');
    const inside = { url: 'https://10.0.0.1/hooks', description: 'inside' };
    expect(await refusal(caller.webhooks.create(inside))).toBe('webhook.address_refused');
  });
});

describe('people', () => {
  test('are told by chat and e-mail of an unknown outcome, and of nothing that needs nobody', async () => {
    const { id: finance } = await operatorOf(bench.app, 'finance');
    const fine = await approved(bench.app);
    await whateverMayCome(bench.app);
    const { id } = await bench.lost();
    await bench.deliver();
    expect(alertsOf(fine.id)).toEqual([]);
    const [alert] = alertsOf(id);
    expect(alert?.path).toBe('/services/T0/B0/hidden-token');
    expect(JSON.parse(alert?.body ?? '')).toEqual({ text: expect.stringContaining('출금 결과 확인 필요') });
    const mails = bench.mail.mails.filter(({ text }) => text.replaceAll('=\r\n', '').includes(id));
    expect(mails).toHaveLength(1);
    const [row] = await bench.app.sql<{ email: string }>('select email from operators where id = ?', [finance]);
    expect(mails[0]?.to).toContain(row?.email);
    expect(mails[0]?.from).toBe('countersign@example.test');
  });

  test('an operator who may do nothing about it gets no mail', async () => {
    const { id: auditor } = await operatorOf(bench.app, 'auditor');
    await bench.lost();
    await bench.deliver();
    const [row] = await bench.app.sql<{ email: string }>('select email from operators where id = ?', [auditor]);
    expect(bench.mail.mails.length).toBeGreaterThan(0);
    expect(bench.mail.mails.filter(({ to }) => to.includes(row?.email ?? ''))).toEqual([]);
  });
});
