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

const REQUEST_EXPIRES_AFTER_MS = 72 * 3_600_000;
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
    app.clock.pass(WINDOW_MS);
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
      app.clock.pass(REQUEST_EXPIRES_AFTER_MS);
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

  test('on hold the clock stands still', async () => {
    const request = await asked(app);
    await app.sql(
      `update withdrawals set hold_at = now(), hold_reason = 'r', hold_note = '', hold_by = '' where id = ?`,
      [request.id],
    );
    app.clock.pass(REQUEST_EXPIRES_AFTER_MS);
    await app.jobs.hurry('withdrawal.expire');
    expect((await shown(app, request)).status).toBe('pending');
    await app.sql(
      'update withdrawals set hold_at = null, hold_reason = null, hold_note = null, hold_by = null where id = ?',
      [request.id],
    );
    await app.jobs.hurry('withdrawal.expire');
    expect((await shown(app, request)).status).toBe('cancelled');
  });

  test('what was approved in time does not expire', async () => {
    const request = await approved(app);
    app.clock.pass(REQUEST_EXPIRES_AFTER_MS);
    await app.jobs.hurry('withdrawal.expire');
    expect((await shown(app, request)).status).toBe('approved');
    await (await second()).caller.withdrawals.reject({ id: request.id, reason: 'tidy up' });
  });
});
