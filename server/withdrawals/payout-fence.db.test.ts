import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatchPayout } from '#server/jobs/dispatch-payout.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { JobRunner } from '#server/testing/job-runner.ts';
import { tampered } from '#server/testing/tampering.ts';
import { aWalletWith } from '#server/testing/wallet-payouts.ts';
import {
  type Asked,
  approved,
  asked,
  bookings,
  fenced,
  operatorOf,
  paidOut,
  purse,
  refusal,
  shown,
  whateverMayCome,
} from '#server/testing/withdrawals.ts';
import { withdrawalDigest } from './digest.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
  await aWalletWith(app);
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

/** How each of these ended: `done`, or the code it was refused with. */
const endings = (calls: readonly Promise<unknown>[]): Promise<string[]> =>
  Promise.all(calls.map(async (call) => ((await refusal(call)) === 'none' ? 'done' : refusal(call))));

describe('scenario 6: two workers, one job', () => {
  test('one makes the attempt, the other ends', async () => {
    const request = await approved(app);
    const other = new JobRunner(app.container, 'another-worker');
    const work = [app.jobs.context, other.context].flatMap((context) =>
      Array.from({ length: 4 }, () => dispatchPayout(context, { withdrawalId: request.id })),
    );
    expect(new Set(await endings(work))).toEqual(new Set(['done']));
    await whateverMayCome(app);
    expect((await shown(app, request)).attempts).toHaveLength(1);
    expect(await bookings(app, request)).toEqual({ HOLD: 1, DISPATCH: 1, SETTLE: 1 });
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('a job that comes again while the attempt is open changes nothing', async () => {
    const request = await approved(app);
    await fenced(app, request, 'busy');
    const before = await shown(app, request);
    await app.jobs.drain('payout.dispatch');
    await dispatchPayout(app.jobs.context, { withdrawalId: request.id });
    expect(await shown(app, request)).toEqual(before);
    expect(before).toMatchObject({ status: 'approved', waitReason: null, attempts: [{ status: 'dispatching' }] });
    expect(paidOut(app, request)).toHaveLength(0);
  });

  test('the database itself refuses a second open attempt', async () => {
    const request = await approved(app);
    await app.jobs.drain('payout.dispatch');
    const copy = app.sql(
      `insert into payout_attempts (id, withdrawal_id, no, kind, provider, asset, amount, to_address, digest, status, worker, fenced_at, send_by, lease_until, deadline_at, updated_at)
       select gen_random_uuid(), withdrawal_id, 2, kind, provider, asset, amount, to_address, digest, 'dispatching', worker, fenced_at, send_by, lease_until, deadline_at, updated_at
       from payout_attempts where withdrawal_id = ?`,
      [request.id],
    );
    await expect(copy).rejects.toThrow(/payout_attempts_one_open/);
  });

  test('six equal payouts at once by two workers: one of them at a time has no name yet', async () => {
    const amount = '0.0555';
    const requests = await Promise.all(Array.from({ length: 6 }, () => approved(app, { amount })));
    const other = new JobRunner(app.container, 'another-worker');
    for (let round = 0; round < 7; round += 1) {
      const contexts = [app.jobs.context, other.context];
      const work = requests.map(({ id }, at) =>
        dispatchPayout(contexts[at % 2] ?? app.jobs.context, { withdrawalId: id }),
      );
      // Two that both found the slot free: the index lets one in, the other comes again.
      for (const ending of await endings(work)) expect(['done', 'system.busy']).toContain(ending);
      await app.sql('update withdrawals set next_attempt_at = now() where next_attempt_at > now()');
    }
    for (const request of requests) expect((await shown(app, request)).attempts).toHaveLength(1);
    expect(app.hashdam.journal().filter((entry) => entry.amount === amount)).toHaveLength(requests.length);
  });
});

describe('scenario 5: reject races dispatch', () => {
  test('whoever comes first wins, the other is told so, and the money goes one way only', async () => {
    const winners = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const request = await approved(app);
      const { caller } = await operatorOf(app, 'admin');
      const reject = () => caller.withdrawals.reject({ id: request.id, reason: 'changed our mind' });
      const dispatch = () => dispatchPayout(app.jobs.context, { withdrawalId: request.id });
      const calls = round % 2 === 0 ? [reject(), dispatch()] : [dispatch(), reject()].reverse();
      const [rejected] = await endings(calls);
      const { status } = await shown(app, request);
      winners.add(status);
      if (status === 'rejected') {
        expect(rejected).toBe('done');
        expect(paidOut(app, request)).toHaveLength(0);
        expect(await bookings(app, request)).toEqual({ HOLD: 1, RELEASE: 1 });
      } else {
        expect([status, rejected]).toEqual(['submitted', 'withdrawal.already_dispatched']);
        expect(paidOut(app, request)).toHaveLength(1);
      }
    }
    expect([...winners].every((status) => ['rejected', 'submitted'].includes(status))).toBe(true);
  });

  test('once it is being sent it can be neither rejected nor cancelled nor approved', async () => {
    const request = await approved(app);
    app.hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'drop_before' });
    await app.jobs.drain('payout.dispatch');
    const { caller } = await operatorOf(app, 'admin');
    const { id, digest } = request;
    expect(await refusal(caller.withdrawals.reject({ id, reason: 'no' }))).toBe('withdrawal.already_dispatched');
    expect(await refusal(caller.withdrawals.cancel({ id }))).toBe('withdrawal.already_dispatched');
    expect(await refusal(caller.withdrawals.approve({ id, digest }))).toBe('withdrawal.already_decided');
  });
});

describe('what was approved is what is sent', () => {
  const changes: [string, string][] = [
    ['the amount', `amount = amount + 0.00000001`],
    ['the destination', `destination_address = 'thief@exchange.example'`],
    ['the member', `member_id = 'somebody-else'`],
    ['the policy', `policy_version = 'another'`],
    ['the asset', `asset = 'DOGE'`],
    ['the kind of destination', `destination_type = 'company'`],
    ['the wallet', 'wallet_id = (select id from wallets limit 1)'],
    ['the kind and the wallet', `kind = 'wallet_transfer', wallet_id = (select id from wallets limit 1)`],
    ['the revision', `revision = revision + 1`],
    ['the digest', `digest = repeat('0', 64)`],
  ];

  test.each(changes)(
    '%s changed in the row between approval and sending: it waits, and nothing is sent',
    async (_what, change) => {
      const request = await approved(app);
      const [before] = await app.sql<Record<string, unknown>>('select * from withdrawals where id = ?', [request.id]);
      await tampered(app, `update withdrawals set ${change} where id = $1`, [request.id]);
      await app.jobs.drain('payout.dispatch');
      await whateverMayCome(app);
      expect(await shown(app, request)).toMatchObject({
        status: 'approved',
        waitReason: 'contents_changed',
        attempts: [],
      });
      const changed = (await shown(app, request)).amount;
      expect(app.hashdam.journal().filter(({ amount }) => amount === request.amount || amount === changed)).toEqual([]);
      await putBack(request, before);
      await app.jobs.hurry('payout.dispatch');
      expect(paidOut(app, request)).toHaveLength(1);
    },
  );

  test.each([
    ['the tier', 'policy_tier = 2'],
    ['the number of people', 'approvals_required = 0'],
    ['what a rule escalated', 'escalated = not escalated'],
    ['the length of a round', 'expires_after_hours = 720'],
  ])('%s, which no digest has, cannot be changed after the approval: the table refuses', async (_what, change) => {
    const request = await approved(app);
    const changed = (also = '') => app.sql(`update withdrawals set ${change}${also} where id = ?`, [request.id]);
    await expect(changed()).rejects.toThrow(/voted on anew/);
    await expect(changed(', revision = revision + 1')).rejects.toThrow(/voted on anew/);
    await app.jobs.drain('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
  });

  test('a digest computed anew for the changed row does not help: the votes are for the old one', async () => {
    const request = await approved(app);
    const other = { ...request, amount: '0.00999', revision: 1, kind: 'mining' };
    const { destination, policyVersion } = await shown(app, request);
    const digest = withdrawalDigest({
      ...other,
      policyVersion,
      destinationAddress: destination.address,
      destinationType: destination.type,
    });
    const rewrite = 'update withdrawals set amount = $1, digest = $2 where id = $3';
    await tampered(app, rewrite, [other.amount, digest, request.id]);
    await app.jobs.drain('payout.dispatch');
    expect(await shown(app, request)).toMatchObject({
      status: 'approved',
      waitReason: 'contents_changed',
      attempts: [],
    });
    await tampered(app, rewrite, [request.amount, request.digest, request.id]);
  });

  test('a vote taken away: everybody votes again, the money stays held', async () => {
    const request = await approved(app, { amount: '1.5' });
    await app.sql(
      'delete from withdrawal_approvals where id = (select id from withdrawal_approvals where withdrawal_id = ? limit 1)',
      [request.id],
    );
    await app.jobs.drain('payout.dispatch');
    await expectLapsed(request, 'approver_lost_right');
  });

  test.each([
    ['disabled', 'disabled_at = now()'],
    ['support now', `role = 'support'`],
    ['in a new role now', `counts_from = now() + interval '1 hour'`],
  ])('an approver who is %s has no vote any more: everybody votes again', async (_what, change) => {
    const approver = await app.signedInAs('finance');
    const request = await asked(app);
    await approver.caller.withdrawals.approve({ id: request.id, digest: request.digest });
    await app.sql(`update operators set ${change} where id = ?`, [approver.id]);
    await app.jobs.drain('payout.dispatch');
    await expectLapsed(request, 'approver_lost_right');
  });

  test('nor an approver whose second factor was taken off, whatever else they are', async () => {
    const approver = await app.signedInAs('finance');
    const request = await asked(app);
    await approver.caller.withdrawals.approve({ id: request.id, digest: request.digest });
    await app.sql('delete from operator_second_factors where operator_id = ?', [approver.id]);
    await app.jobs.drain('payout.dispatch');
    await expectLapsed(request, 'approver_lost_right');
  });

  test("the pool's payout account is another one now: everybody votes again", async () => {
    const request = await approved(app);
    const [row] = await app.sql<{ account: string }>('select account from pool_projects');
    await app.sql(`update pool_projects set account = 'somewhere@else.example'`);
    await app.jobs.drain('payout.dispatch');
    await expectLapsed(request, 'destination_changed');
    await app.sql('update pool_projects set account = ?', [row?.account]);
  });

  test('an approval is good for 72 h and no longer: then everybody votes again', async () => {
    const request = await approved(app);
    await app.sql(`update withdrawals set valid_until = now() where id = ?`, [request.id]);
    await app.jobs.drain('payout.dispatch');
    await expectLapsed(request, 'approval_expired');
    const stale = (await operatorOf(app, 'admin')).caller.withdrawals.approve({
      id: request.id,
      digest: request.digest,
    });
    expect(await refusal(stale)).toBe('withdrawal.stale_digest');
    const { caller } = await operatorOf(app, 'admin');
    await caller.withdrawals.reject({ id: request.id, reason: 'too old' });
    expect(await purse(app, request)).toBe('100/0/0/0');
  });

  test('on hold it is not sent', async () => {
    const request = await approved(app);
    const hold = (values: string) => app.sql(`update withdrawals set ${values} where id = ?`, [request.id]);
    await hold(`hold_at = now(), hold_reason = 'suspicion', hold_note = '', hold_by = 'x'`);
    await app.jobs.drain('payout.dispatch');
    expect(await shown(app, request)).toMatchObject({ status: 'approved', waitReason: 'on_hold', attempts: [] });
    await hold('hold_at = null, hold_reason = null, hold_note = null, hold_by = null');
    await app.jobs.hurry('payout.dispatch');
    expect(paidOut(app, request)).toHaveLength(1);
  });

  async function expectLapsed(request: Asked, reason: string): Promise<void> {
    const lapsed = await shown(app, request);
    expect(lapsed).toMatchObject({ status: 'pending', revision: 2, attempts: [], approvals: { given: [] } });
    expect(lapsed.timeline.at(-1)).toMatchObject({ action: 'withdrawal.lapsed', reason });
    expect(await purse(app, request)).toMatch(/\/0\/0$/);
    expect(paidOut(app, request)).toEqual([]);
  }

  async function putBack({ id }: Asked, row: Record<string, unknown> | undefined): Promise<void> {
    await tampered(
      app,
      `update withdrawals set amount = $1, destination_address = $2, member_id = $3, policy_version = $4, revision = $5,
         digest = $6, asset = $7, destination_type = $8, wallet_id = null, kind = 'mining' where id = $9`,
      [
        row?.['amount'],
        row?.['destination_address'],
        row?.['member_id'],
        row?.['policy_version'],
        row?.['revision'],
        row?.['digest'],
        row?.['asset'],
        row?.['destination_type'],
        id,
      ],
    );
  }
});
