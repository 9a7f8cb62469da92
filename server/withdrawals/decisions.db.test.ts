import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { expectBooksBalanced } from '#server/testing/books.ts';
import { tampered } from '#server/testing/tampering.ts';
import { aWalletWith } from '#server/testing/wallet-payouts.ts';
import {
  approved,
  asked,
  bookings,
  operatorOf,
  platformOf,
  purse,
  refusal,
  shown,
} from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  // LTC from 1, DOGE from 1000; no other coin is named.
  app = await testApplication();
  await aWalletWith(app);
});
afterAll(async () => {
  await expectBooksBalanced(app);
  await app.close();
});

const first = () => operatorOf(app, 'finance', 'first');
const second = () => operatorOf(app, 'finance', 'second');
const admin = () => operatorOf(app, 'admin');

describe('how many people it takes', () => {
  test.each([
    ['LTC', '0.99999999', 1],
    ['LTC', '1', 2],
    ['LTC', '1.00000001', 2],
    ['DOGE', '999.99999999', 1],
    ['DOGE', '1000', 2],
    ['PEP', '0.00000001', 2],
  ])('%s %s needs %i', async (asset, amount, people) => {
    const { id, digest } = await asked(app, { asset, amount, funds: '2000' });
    const { caller } = await first();
    const one = await caller.withdrawals.approve({ id, digest });
    expect(one.approvals.required).toBe(people);
    expect(one.status).toBe(people === 1 ? 'approved' : 'approved_pending');
    if (people === 1) return;
    const two = await (await second()).caller.withdrawals.approve({ id, digest, note: 'seen' });
    expect(two).toMatchObject({ status: 'approved', approvals: { given: [{ note: null }, { note: 'seen' }] } });
  });

  test('the same person does not count twice, whatever the session', async () => {
    const { id, digest } = await asked(app, { amount: '2' });
    const { caller } = await first();
    await caller.withdrawals.approve({ id, digest });
    expect(await refusal(caller.withdrawals.approve({ id, digest }))).toBe('withdrawal.duplicate_vote');
    expect((await shown(app, { id })).allowed.approve).toBe('withdrawal.duplicate_vote');
    expect((await shown(app, { id })).approvals.given).toHaveLength(1);
  });

  test.each(['finance', 'admin'] as const)('%s cannot approve what they asked for themselves', async (role) => {
    const operator = await operatorOf(app, role);
    const { id, digest } = await asked(app, { by: operator.caller });
    expect(await refusal(operator.caller.withdrawals.approve({ id, digest }))).toBe('withdrawal.self_approval');
    expect((await operator.caller.withdrawals.get({ id })).allowed.approve).toBe('withdrawal.self_approval');
    expect((await shown(app, { id })).status).toBe('pending');
  });

  test('an approval puts one payout on the queue, in the same commit', async () => {
    const { id } = await approved(app);
    const jobs = await app.sql(
      `select 1 from pgboss.job where name = 'payout.dispatch' and data->>'withdrawalId' = ?`,
      [id],
    );
    expect(jobs).toHaveLength(1);
  });
});

describe('what was shown is what is approved', () => {
  const changes: [string, string][] = [
    ['the amount', 'amount = amount + 0.00000001'],
    ['the destination', `destination_address = 'thief@exchange.example'`],
    ['the policy', `policy_version = 'another'`],
    ['the asset', `asset = 'DOGE'`],
    ['the kind of destination', `destination_type = 'company'`],
    ['the wallet', 'wallet_id = (select id from wallets limit 1)'],
    ['the kind and the wallet', `kind = 'wallet_transfer', wallet_id = (select id from wallets limit 1)`],
  ];

  test.each(changes)('%s changed in the row between page and click: refused', async (_what, change) => {
    const { id, digest } = await asked(app);
    const old = await row(id);
    await tampered(app, `update withdrawals set ${change} where id = $1`, [id]);
    expect(await refusal((await first()).caller.withdrawals.approve({ id, digest }))).toBe('withdrawal.stale_digest');
    await putBack(id, old);
    expect((await shown(app, { id })).status).toBe('pending');
  });

  test.each(changes)(
    '%s changed in the row between the first and the second approval: refused',
    async (_what, change) => {
      const { id, digest } = await asked(app, { amount: '3' });
      await (await first()).caller.withdrawals.approve({ id, digest });
      const old = await row(id);
      await tampered(app, `update withdrawals set ${change} where id = $1`, [id]);
      const { caller } = await second();
      expect(await refusal(caller.withdrawals.approve({ id, digest }))).toBe('withdrawal.stale_digest');
      expect((await shown(app, { id })).status).toBe('approved_pending');
      await putBack(id, old);
      expect((await caller.withdrawals.approve({ id, digest })).status).toBe('approved');
    },
  );

  test('a new revision voids the votes of the old one, and its digest', async () => {
    const { id, digest } = await asked(app, { amount: '3' });
    await (await first()).caller.withdrawals.approve({ id, digest });
    await tampered(app, 'update withdrawals set revision = 2 where id = $1', [id]);
    expect((await shown(app, { id })).approvals.given).toEqual([]);
    expect(await refusal((await second()).caller.withdrawals.approve({ id, digest }))).toBe('withdrawal.stale_digest');
    await expect(app.sql('update withdrawals set revision = 1 where id = ?', [id])).rejects.toThrow(/voted on anew/);
    await tampered(app, 'update withdrawals set revision = 1 where id = $1', [id]);
  });

  test.each([
    ['the tier', 'policy_tier = 1'],
    ['the number of people', 'approvals_required = 1'],
    ['both', 'policy_tier = 1, approvals_required = 1'],
    ['both and the revision of the votes', 'policy_tier = 1, approvals_required = 1, revision = revision + 1'],
    ['what a rule escalated', 'escalated = not escalated'],
    ['the length of a round', 'expires_after_hours = 720'],
  ])('%s cannot be changed under a vote: the table refuses, and it still takes two people', async (_what, change) => {
    const { id, digest } = await asked(app, { amount: '3' });
    const changed = () => app.sql(`update withdrawals set ${change} where id = ?`, [id]);
    if (!change.includes('revision')) await expect(changed()).rejects.toThrow(/voted on anew/);
    expect((await (await first()).caller.withdrawals.approve({ id, digest })).status).toBe('approved_pending');
    await expect(changed()).rejects.toThrow(/voted on anew/);
    expect((await (await second()).caller.withdrawals.approve({ id, digest })).status).toBe('approved');
  });

  test.each(['0'.repeat(64), 'f'.repeat(64)])('a digest that was never shown is refused: %s', async (digest) => {
    const { id } = await asked(app);
    expect(await refusal((await first()).caller.withdrawals.approve({ id, digest }))).toBe('withdrawal.stale_digest');
  });

  const row = async (id: string) =>
    (await app.sql<Record<string, unknown>>('select * from withdrawals where id = ?', [id]))[0] ?? {};
  const putBack = (id: string, old: Record<string, unknown>) =>
    tampered(
      app,
      `update withdrawals set amount = $1, destination_address = $2, policy_version = $3, asset = $4,
         destination_type = $5, wallet_id = null, kind = 'mining' where id = $6`,
      [
        ...[old['amount'], old['destination_address'], old['policy_version'], old['asset'], old['destination_type']],
        id,
      ],
    );
});

describe('no', () => {
  test('a rejection frees the money once, says why, and is the end', async () => {
    const request = await asked(app);
    const { caller } = await first();
    const rejected = await caller.withdrawals.reject({ id: request.id, reason: 'the member asked us to' });
    expect(rejected.status).toBe('rejected');
    expect(await purse(app, request)).toBe('100/0/0/0');
    const { id, digest } = request;
    expect(await refusal(caller.withdrawals.reject({ id, reason: 'again' }))).toBe('withdrawal.already_decided');
    expect(await refusal((await second()).caller.withdrawals.approve({ id, digest }))).toBe(
      'withdrawal.already_decided',
    );
    expect(await refusal((await platformOf(app)).caller.withdrawals.cancel({ id }))).toBe('withdrawal.already_decided');
    expect(await bookings(app, request)).toEqual({ HOLD: 1, RELEASE: 1 });
    const { timeline, legs, checks } = await shown(app, request);
    expect(timeline.at(-1)).toMatchObject({
      action: 'withdrawal.rejected',
      reason: 'the member asked us to',
      from: 'pending',
      to: 'rejected',
    });
    expect([legs.map(({ status }) => status), checks]).toEqual([['failed', 'failed'], []]);
  });

  test('a rejection after the first of two approvals', async () => {
    const request = await asked(app, { amount: '4' });
    const { id, digest } = request;
    await (await first()).caller.withdrawals.approve({ id, digest });
    expect((await (await second()).caller.withdrawals.reject({ id, reason: 'no' })).status).toBe('rejected');
    expect(await purse(app, request)).toBe('100/0/0/0');
    expect(await refusal((await admin()).caller.withdrawals.approve({ id, digest }))).toBe(
      'withdrawal.already_decided',
    );
  });

  test('the one who approved first may still reject', async () => {
    const { id, digest } = await asked(app, { amount: '4' });
    const { caller } = await first();
    await caller.withdrawals.approve({ id, digest });
    expect((await caller.withdrawals.reject({ id, reason: 'on second thoughts' })).status).toBe('rejected');
  });

  test.each(['  ', '', 'a\tb', 'x'.repeat(501)])(
    'a rejection without a proper reason is refused: %j',
    async (reason) => {
      const { id } = await asked(app);
      await expect((await first()).caller.withdrawals.reject({ id, reason })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
      expect((await shown(app, { id })).status).toBe('pending');
    },
  );

  test('an approved one that is not being sent can still be rejected; then nothing is sent', async () => {
    const request = await approved(app);
    await (await second()).caller.withdrawals.reject({ id: request.id, reason: 'stop' });
    await app.jobs.drain('payout.dispatch');
    expect(await shown(app, request)).toMatchObject({ status: 'rejected', attempts: [] });
    expect(await bookings(app, request)).toEqual({ HOLD: 1, RELEASE: 1 });
  });
});

describe('on hold', () => {
  test('nobody approves, but it may be rejected', async () => {
    const { id, digest } = await asked(app);
    await app.sql(
      `update withdrawals set hold_at = now(), hold_reason = 'odd', hold_note = 'n', hold_by = 'b' where id = ?`,
      [id],
    );
    const { caller } = await first();
    expect(await refusal(caller.withdrawals.approve({ id, digest }))).toBe('withdrawal.on_hold');
    expect((await caller.withdrawals.get({ id })).hold).toMatchObject({ reason: 'odd', note: 'n', by: 'b' });
    expect((await caller.withdrawals.reject({ id, reason: 'odd indeed' })).status).toBe('rejected');
  });
});

describe('what is not there', () => {
  test.each(['approve', 'reject', 'cancel', 'get'] as const)('%s of an unknown id is not_found', async (what) => {
    const { withdrawals } = (await first()).caller;
    const id = newId();
    const calls = {
      approve: () => withdrawals.approve({ id, digest: '0'.repeat(64) }),
      reject: () => withdrawals.reject({ id, reason: 'x' }),
      cancel: () => withdrawals.cancel({ id }),
      get: () => withdrawals.get({ id }),
    };
    expect(await refusal(calls[what]())).toBe('withdrawal.not_found');
  });
});
