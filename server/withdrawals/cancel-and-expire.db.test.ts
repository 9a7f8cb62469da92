import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { firstPolicy } from '#server/policies/index.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import {
  approved,
  asked,
  bookings,
  operatorOf,
  paidOut,
  platformOf,
  purse,
  refusal,
  shown,
} from '#server/testing/withdrawals.ts';

const WINDOW_MS = 60_000;
let app: TestApplication;
beforeAll(async () => {
  const twoPersonFrom = new Map([['LTC', Amount.parse('LTC', '1')]]);
  app = await testApplication({
    replace: { firstPolicy: { ...firstPolicy(twoPersonFrom), cancelWindowMinutes: WINDOW_MS / 60_000 } },
  });
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const first = () => operatorOf(app, 'finance', 'first');
const second = () => operatorOf(app, 'finance', 'second');
const windowOver = async () => {
  await app.sql('update withdrawals set not_before = now() where not_before > now()');
  await app.jobs.hurry('payout.dispatch');
};

const overdue = ({ id }: { id: string }) => app.sql('update withdrawals set expires_at = now() where id = ?', [id]);

test('a process whose clock is slow shortens no window, and one whose clock is fast lengthens none', async () => {
  for (const offset of [-600_000, 600_000]) {
    app.clock.pass(offset);
    const { id } = await approved(app).finally(() => app.clock.pass(-offset));
    const [away] = await app.sql<Record<'notBefore' | 'validUntil' | 'expires' | 'approved', number>>(
      `select extract(epoch from not_before - now())::float as "notBefore", extract(epoch from approved_at - now())::float as approved,
         extract(epoch from valid_until - now())::float as "validUntil", extract(epoch from expires_at - now())::float as expires
       from withdrawals where id = ?`,
      [id],
    );
    const seconds = [away?.approved, away?.notBefore, away?.validUntil, away?.expires];
    for (const [at, expected] of [0, WINDOW_MS / 1000, 72 * 3600, 72 * 3600].entries()) {
      expect(Math.abs((seconds[at] ?? Number.NaN) - expected)).toBeLessThan(30);
    }
  }
});

test.each([80, -80])(
  'what is shown as waiting for somebody is open by the database, with the process %d hours off',
  async (hours) => {
    const [open, over] = [await asked(app, { amount: '2' }), await asked(app, { amount: '3' })];
    await overdue(over);
    const { caller } = await second();
    const offset = hours * 3_600_000;
    app.clock.pass(offset);
    const list = async () => caller.withdrawals.list({ filter: { forMe: true } });
    const shownOpen = (await list().finally(() => app.clock.pass(-offset))).rows.map(({ id }) => id);
    expect(shownOpen).toContain(open.id);
    expect(shownOpen).not.toContain(over.id);
    app.clock.pass(offset);
    const allowed = async ({ id }: { id: string }) => (await caller.withdrawals.get({ id })).allowed.approve;
    const says = await Promise.all([allowed(open), allowed(over)]).finally(() => app.clock.pass(-offset));
    expect(says).toEqual([true, 'withdrawal.expired']);
  },
);

describe('cancel', () => {
  test('by the requester frees the money once', async () => {
    const request = await asked(app);
    const { caller } = await platformOf(app);
    expect((await caller.withdrawals.cancel({ id: request.id })).status).toBe('cancelled');
    expect(await refusal(caller.withdrawals.cancel({ id: request.id }))).toBe('withdrawal.already_decided');
    expect(await purse(app, request)).toBe('100/0/0/0');
    expect(await bookings(app, request)).toEqual({ HOLD: 1, RELEASE: 1 });
  });

  test('by an operator who asked for it, also after somebody approved', async () => {
    const { caller } = await operatorOf(app, 'admin');
    const { id, digest } = await asked(app, { amount: '2', by: caller });
    const { quorum } = await (await first()).caller.withdrawals.get({ id });
    expect(quorum).toMatchObject({ leftAfterYours: 1, cancelWindowMinutes: WINDOW_MS / 60_000 });
    await (await first()).caller.withdrawals.approve({ id, digest });
    expect((await caller.withdrawals.cancel({ id })).status).toBe('cancelled');
  });

  test('by anybody else is refused: another operator, another key, the first of two approvers', async () => {
    const { id, digest } = await asked(app, { amount: '2' });
    const others = [await first(), await operatorOf(app, 'admin'), await app.withKey('withdraw')];
    await (await first()).caller.withdrawals.approve({ id, digest });
    await (await second()).caller.withdrawals.approve({ id, digest });
    for (const { caller } of others) {
      expect(await refusal(caller.withdrawals.cancel({ id }))).toBe('withdrawal.not_yours');
    }
    expect((await shown(app, { id })).status).toBe('approved');
  });

  test('within the cancel window by the last approver; nothing was sent and nothing will be', async () => {
    const request = await approved(app, { amount: '2' });
    await app.jobs.drain('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(0);
    const cancelled = await (await second()).caller.withdrawals.cancel({ id: request.id });
    expect(cancelled.status).toBe('cancelled');
    await windowOver();
    expect(await shown(app, request)).toMatchObject({ status: 'cancelled', attempts: [] });
    expect(await purse(app, request)).toBe('100/0/0/0');
  });

  test('after the window not by the last approver any more', async () => {
    const request = await approved(app);
    expect((await (await first()).caller.withdrawals.get({ id: request.id })).allowed.cancel).toBe(true);
    await app.sql('update withdrawals set not_before = now() where id = ?', [request.id]);
    expect(await refusal((await first()).caller.withdrawals.cancel({ id: request.id }))).toBe('withdrawal.not_yours');
  });

  test('the window over, it is sent, and then not even the requester can', async () => {
    const request = await approved(app);
    await app.jobs.hurry('payout.dispatch');
    expect(await shown(app, request)).toMatchObject({ status: 'approved', waitReason: 'not_before', attempts: [] });
    await windowOver();
    expect(paidOut(app, request)).toHaveLength(1);
    const { caller } = await platformOf(app);
    expect(await refusal(caller.withdrawals.cancel({ id: request.id }))).toBe('withdrawal.already_dispatched');
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, request)).status).toBe('completed');
    expect(await refusal(caller.withdrawals.cancel({ id: request.id }))).toBe('withdrawal.already_decided');
  });
});

describe('expiry', () => {
  test.each(['0.5', '5'])(
    'a request of %s that nobody decided is cancelled after 72 h, and the money is free',
    async (amount) => {
      const request = await asked(app, { amount });
      if (amount === '5') await (await first()).caller.withdrawals.approve({ id: request.id, digest: request.digest });
      await app.jobs.hurry('withdrawal.expire');
      expect(['pending', 'approved_pending']).toContain((await shown(app, request)).status);
      await overdue(request);
      const { id, digest } = request;
      expect(await refusal((await second()).caller.withdrawals.approve({ id, digest }))).toBe('withdrawal.expired');
      await app.jobs.hurry('withdrawal.expire');
      expect((await shown(app, request)).status).toBe('cancelled');
      expect(await purse(app, request)).toBe('100/0/0/0');
      await app.jobs.hurry('withdrawal.expire');
      expect(await bookings(app, request)).toEqual({ HOLD: 1, RELEASE: 1 });
      expect((await shown(app, request)).timeline.at(-1)).toMatchObject({
        action: 'withdrawal.expired',
        reason: 'expired',
        by: { type: 'system' },
      });
    },
  );

  test('on hold the clock stands still: what was left is left when it is released, and then it expires', async () => {
    const { id } = await asked(app);
    const { caller } = await first();
    await caller.withdrawals.hold({ id, reason: 'other', note: 'a question to the member' });
    const held = `hold_at = now() - interval '3 hours', expires_at = now() - interval '1 hour'`;
    await app.sql(`update withdrawals set ${held} where id = ?`, [id]);
    await app.jobs.hurry('withdrawal.expire');
    expect((await shown(app, { id })).status).toBe('pending');
    await caller.withdrawals.release({ id });
    const [left] = await app.sql<{ ms: number; jobs: number }>(
      `select (extract(epoch from expires_at - now()) * 1000)::int as ms, (select count(*)::int from pgboss.job
         where name = 'withdrawal.expire' and state = 'created' and data->>'withdrawalId' = w.id::text
           and start_after = w.expires_at) as jobs from withdrawals w where id = ?`,
      [id],
    );
    expect(left?.jobs).toBe(1);
    expect(Math.abs((left?.ms ?? 0) - 2 * 3_600_000)).toBeLessThan(60_000);
    expect((await shown(app, { id })).allowed.approve).toBe(true);
    await overdue({ id });
    await app.jobs.hurry('withdrawal.expire');
    expect((await shown(app, { id })).status).toBe('cancelled');
  });

  test('what was approved in time does not expire', async () => {
    const request = await approved(app);
    await overdue(request);
    await app.jobs.hurry('withdrawal.expire');
    expect((await shown(app, request)).status).toBe('approved');
    await (await second()).caller.withdrawals.reject({ id: request.id, reason: 'tidy up' });
  });
});
