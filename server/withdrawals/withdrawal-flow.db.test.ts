import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { aMember, credited } from '#server/testing/members.ts';
import { refusal } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication();
});
afterAll(() => app.close());

describe('the main job, end to end', () => {
  test('a credited member asks, one person approves, the pool pays once, and the coins arrive in the company account', async () => {
    const memberId = aMember();
    await credited(app, { memberId, asset: 'LTC', amount: '100' });
    const platform = await app.withKey('withdraw', 'read');
    const asked = await platform.caller.withdrawals.request({
      memberId,
      asset: 'LTC',
      amount: '0.75',
      idempotencyKey: newId(),
    });
    expect(asked).toMatchObject({ status: 'pending', amount: '0.75', approvals: { required: 1, given: [] } });
    expect(await platform.caller.ledger.balances({ memberId })).toEqual([
      { asset: 'LTC', available: '99.25', held: '0.75', inFlight: '0', payable: '0' },
    ]);

    const finance = await app.signedInAs('finance');
    const shown = await finance.caller.withdrawals.get({ id: asked.id });
    expect(shown.allowed.approve).toBe(true);
    const approved = await finance.caller.withdrawals.approve({ id: asked.id, digest: shown.digest });
    expect(approved).toMatchObject({ status: 'approved', approvals: { given: [{ operatorId: finance.id }] } });

    await app.jobs.drain('payout.dispatch');
    const sent = await finance.caller.withdrawals.get({ id: asked.id });
    expect(sent).toMatchObject({ status: 'submitted', attempts: [{ no: 1, status: 'submitted' }] });
    expect(await platform.caller.ledger.balances({ memberId })).toEqual([
      { asset: 'LTC', available: '99.25', held: '0.75', inFlight: '0.75', payable: '0' },
    ]);

    await app.jobs.hurry('payout.look-up');
    const done = await finance.caller.withdrawals.get({ id: asked.id });
    expect(done).toMatchObject({
      status: 'completed',
      legs: [
        { no: 1, status: 'done' },
        { no: 2, status: 'external' },
      ],
    });
    expect(await platform.caller.ledger.balances({ memberId })).toEqual([
      { asset: 'LTC', available: '99.25', held: '0', inFlight: '0', payable: '0.75' },
    ]);
    expect(app.hashdam.journal().filter(({ amount }) => amount === '0.75')).toHaveLength(1);
  });
});

test('nothing is asked for before it is known which account the pool pays into', async () => {
  const memberId = aMember();
  await credited(app, { memberId, asset: 'LTC', amount: '1' });
  await app.sql('delete from pool_projects');
  const { caller } = await app.withKey('withdraw');
  const request = { memberId, asset: 'LTC', amount: '1', idempotencyKey: newId() };
  expect(await refusal(caller.withdrawals.request(request))).toBe('mining.account_unknown');
});
