import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKER } from '#server/jobs/job-context.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { agreed } from '#server/testing/decisions.ts';
import { timePasses } from '#server/testing/wallet-payouts.ts';
import {
  approved,
  asked,
  bookings,
  fenced,
  nextTryMs,
  operatorOf,
  paidOut,
  purse,
  refusal,
  shown,
  submitted,
  unknown,
} from '#server/testing/withdrawals.ts';

const METHOD = 'assetWithdrawRequest';
let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const finance = async (name = 'first') => (await operatorOf(app, 'finance', name)).caller.withdrawals;
const held = async (id: string) =>
  (await operatorOf(app, 'support')).caller.withdrawals.hold({ id, reason: 'identity_check', note: 'passport' });

describe('a hold', () => {
  test('is a mark: no votes, nothing sent, the status stays, and it ends when somebody releases it', async () => {
    const request = await approved(app);
    await held(request.id);
    await app.jobs.hurry('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(0);
    expect(await shown(app, request)).toMatchObject({
      status: 'approved',
      waitReason: 'on_hold',
      hold: { reason: 'identity_check', note: 'passport' },
    });
    const { caller } = await operatorOf(app, 'support');
    await caller.withdrawals.release({ id: request.id });
    await app.jobs.drain('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('stops the votes of a request, and is set once', async () => {
    const request = await asked(app);
    await held(request.id);
    expect(await refusal((await finance()).approve({ id: request.id, digest: request.digest }))).toBe(
      'withdrawal.on_hold',
    );
    expect(await refusal(held(request.id))).toBe('withdrawal.on_hold');
    await (await finance()).release({ id: request.id });
    expect(await refusal((await finance()).release({ id: request.id }))).toBe('withdrawal.not_on_hold');
  });

  test('comes too late for what is being sent', async () => {
    const request = await approved(app);
    await fenced(app, request);
    expect(await refusal(held(request.id))).toBe('withdrawal.already_dispatched');
  });
});

describe('what the provider asked us to leave alone for a while', () => {
  test.each<[string, (id: string) => Promise<unknown>]>([
    ['tried again at once', async (id) => (await finance()).retry({ id })],
    [
      'released from a hold',
      async (id) => {
        await held(id);
        await (await finance()).release({ id });
      },
    ],
    [
      'released by the last decision about a late payment',
      async (id) => {
        const hold = { reason: 'late_success', note: '', by: WORKER.id, at: new Date() };
        const incidentId = await app.container.sessions.inTransaction(async ({ paying, incidents }) => {
          (await paying.withdrawals.lock(id)).hold(hold);
          const about = { subject: newId(), withdrawalId: id, detail: {} };
          return incidents.open({ kind: 'history_contradicts', ...about }, WORKER);
        });
        await agreed(app, incidentId, { decision: 'close' });
      },
    ],
  ])('is left alone when it is %s', async (_how, hurried) => {
    const request = await approved(app);
    app.hashdam.control.fault({ method: METHOD, fault: 'rate_limited', retryAfter: '90' });
    await app.jobs.drain('payout.dispatch');
    expect((await shown(app, request)).status).toBe('retrying');
    await hurried(request.id);
    await app.jobs.drain('payout.dispatch');
    expect(await shown(app, request)).toMatchObject({ status: 'retrying', hold: null, attempts: [{ no: 1 }] });
    expect(await nextTryMs(app, request)).toBeGreaterThanOrEqual(89_900);
    await timePasses(app, 90);
    await hurried(request.id);
    await app.jobs.drain('payout.dispatch');
    expect((await shown(app, request)).status).toBe('submitted');
  });

  test('is left alone when it is edited and approved again, too', async () => {
    const request = await approved(app);
    app.hashdam.control.fault({ method: METHOD, fault: 'rate_limited', retryAfter: '90' });
    await app.jobs.drain('payout.dispatch');
    const { digest } = await (await finance('editor')).edit({ id: request.id, amount: '0.4', reason: 'typo' });
    await (await finance()).approve({ id: request.id, digest });
    await app.jobs.hurry('payout.dispatch');
    expect(await shown(app, request)).toMatchObject({ status: 'approved', attempts: [{ no: 1 }] });
    expect(await nextTryMs(app, request)).toBeGreaterThan(80_000);
    await timePasses(app, 90);
    await app.jobs.hurry('payout.dispatch');
    expect((await shown(app, request)).status).toBe('submitted');
  });
});

test('a hold that stands for a day is brought to people’s notice, every day, until it is released', async () => {
  const request = await asked(app);
  await held(request.id);
  const reminded = async () => {
    await app.jobs.hurry('withdrawal.hold-aged');
    return (
      await app.sql(`select 1 from notification_events where type = 'withdrawal.hold_aged' and subject_id = ?`, [
        request.id,
      ])
    ).length;
  };
  expect(await reminded()).toBe(0);
  await app.sql(`update withdrawals set hold_at = hold_at - interval '25 hours' where id = ?`, [request.id]);
  expect([await reminded(), await reminded()]).toEqual([1, 2]);
  await (await finance()).release({ id: request.id });
  expect(await reminded()).toBe(2);
});

test('a note is a line of the record and changes nothing', async () => {
  const request = await asked(app);
  const { caller } = await operatorOf(app, 'support');
  const before = await shown(app, request);
  await caller.withdrawals.note({ id: request.id, text: 'the member called' });
  const after = await shown(app, request);
  expect(after.timeline.at(-1)).toMatchObject({ action: 'withdrawal.noted', reason: 'the member called' });
  expect({ ...after, timeline: [] }).toEqual({ ...before, timeline: [] });
});

describe('an edit', () => {
  test('scenario 28: 10 becomes 20 after two votes; one commit frees and holds, and everybody votes again', async () => {
    const request = await approved(app, { amount: '10' });
    expect(await purse(app, request)).toBe('90/10/0/0');
    const { digest, revision } = await (await finance('editor')).edit({ id: request.id, amount: '20', reason: 'typo' });
    expect(revision).toBe(2);
    expect(digest).not.toBe(request.digest);
    expect(await purse(app, request)).toBe('80/20/0/0');
    expect(await shown(app, request)).toMatchObject({ status: 'pending', amount: '20', approvals: { given: [] } });
    expect(await refusal((await finance()).approve({ id: request.id, digest: request.digest }))).toBe(
      'withdrawal.stale_digest',
    );
    await app.jobs.hurry('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(0);
  });

  test('is all or nothing: more than there is changes nothing', async () => {
    const request = await asked(app, { amount: '10' });
    expect(await refusal((await finance()).edit({ id: request.id, amount: '101', reason: 'typo' }))).toBe(
      'ledger.insufficient_funds',
    );
    expect(await purse(app, request)).toBe('90/10/0/0');
    expect(await bookings(app, request)).toEqual({ HOLD: 1 });
  });

  test('scenario 29: is refused while an attempt is open', async () => {
    const request = await approved(app);
    await fenced(app, request);
    expect(await refusal((await finance()).edit({ id: request.id, amount: '20', reason: 'typo' }))).toBe(
      'withdrawal.already_dispatched',
    );
  });

  test('is not approved by whoever made it, not even by raw SQL', async () => {
    const request = await asked(app, { amount: '10' });
    const editor = await operatorOf(app, 'finance', 'editor');
    const { digest, revision } = await (await finance('editor')).edit({
      id: request.id,
      amount: '0.1',
      reason: 'less',
    });
    expect(await refusal((await finance('editor')).approve({ id: request.id, digest }))).toBe(
      'withdrawal.self_approval',
    );
    const vote = app.sql(
      `insert into withdrawal_approvals (id, withdrawal_id, revision, operator_id, digest, at) values (?, ?, ?, ?, ?, now())`,
      [newId(), request.id, revision, editor.id, digest],
    );
    await expect(vote).rejects.toThrow(/nobody approves what they asked for/);
    await (await finance()).approve({ id: request.id, digest });
  });

  test('is refused when nothing would change, or when it is finer than the coin', async () => {
    const { id } = await asked(app, { amount: '10' });
    expect(await refusal((await finance()).edit({ id, amount: '10', reason: 'r' }))).toBe('withdrawal.same_content');
    expect(await refusal((await finance()).edit({ id, amount: '1.000000001', reason: 'r' }))).toBe('amount.scale');
  });
});

describe('another try', () => {
  test('of a failed one is asked for anew: the money is held and everybody votes again', async () => {
    await app.jobs.drain('payout.dispatch');
    const request = await approved(app);
    app.hashdam.control.fault({ method: METHOD, fault: 'rejected', message: 'Not found or Unsupported coin symbol' });
    await app.jobs.drain('payout.dispatch');
    expect((await shown(app, request)).status).toBe('failed');
    const again = await (await finance()).retry({ id: request.id });
    expect(again).toMatchObject({ status: 'pending', revision: 2, approvals: { given: [] } });
    for (const name of ['first', 'second']) {
      const { status } = await (await finance(name)).approve({ id: request.id, digest: again.digest });
      if (status === 'approved') break;
    }
    await app.jobs.drain('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
    expect(await bookings(app, request)).toMatchObject({ HOLD: 2, RELEASE: 1, DISPATCH: 2, RETURN: 1 });
  });

  test('of one that waits for its turn is made now', async () => {
    const request = await approved(app);
    app.hashdam.control.fault({ method: METHOD, fault: 'rate_limited' });
    await app.jobs.drain('payout.dispatch');
    expect((await shown(app, request)).status).toBe('retrying');
    await timePasses(app, 60);
    expect(await app.jobs.drain('payout.dispatch')).toBe(0);
    await (await finance()).retry({ id: request.id });
    await app.jobs.drain('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
    expect((await shown(app, request)).status).toBe('submitted');
  });

  test('is never made of what may have been paid, is on its way, or has been paid', async () => {
    const lost = await unknown(app);
    expect(await refusal((await finance()).retry({ id: lost.id }))).toBe('withdrawal.outcome_unknown');
    const sent = await submitted(app);
    expect(await refusal((await finance()).retry({ id: sent.id }))).toBe('withdrawal.already_dispatched');
    await app.jobs.hurry('payout.look-up');
    expect((await shown(app, sent)).status).toBe('completed');
    expect(await refusal((await finance()).retry({ id: sent.id }))).toBe('withdrawal.not_retryable');
  });
});
