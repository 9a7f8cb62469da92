import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type Signed, type TestApplication, testApplication } from '#server/testing/application.ts';
import { handedOn, hoursFromNow, nobodyStandsIn, shifted } from '#server/testing/delegations.ts';
import { operatorOf, refusal } from '#server/testing/withdrawals.ts';

let app: TestApplication;
let [giver, taker, other]: Signed[] = [];
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());
beforeEach(async () => {
  await nobodyStandsIn(app);
  giver = await operatorOf(app, 'admin', 'giver');
  taker = await operatorOf(app, 'finance', 'taker');
  other = await operatorOf(app, 'finance', 'other');
});

const people = () => {
  if (!(giver && taker && other)) throw new Error('there are three people');
  return { giver, taker, other };
};
const wish = (delegateId: string, more: object = {}) => ({
  ...{ delegateId, until: hoursFromNow(24), reason: 'on leave', ...more },
});
const mine = async ({ caller }: Signed) => (await caller.delegations.mine({})).rows[0];
const open = async () => (await app.sql<{ delegate_id: string }>('select delegate_id from open_delegations()')).length;

describe('handing it on', () => {
  test('takes a second factor and a reason, is recorded, and both are told by themselves', async () => {
    const { giver, taker } = people();
    expect(await refusal(giver.plain.delegations.create(wish(taker.id)))).toBe('auth.step_up_required');
    expect(await refusal(giver.caller.delegations.create(wish(taker.id, { reason: ' ' })))).not.toBe('none');
    const id = await handedOn(giver, taker);
    for (const person of [giver, taker]) {
      expect(await mine(person)).toMatchObject({
        ...{ id, state: 'open', reason: 'on leave', ended: null },
        ...{ delegator: { id: giver.id }, delegate: { id: taker.id } },
      });
    }
    const rows = await app.sql(
      `select after from audit_events where action = 'delegation.given' and subject_id = ?
      and after->>'delegationId' = ?`,
      [giver.id, id],
    );
    expect(rows).toMatchObject([{ after: { delegateId: taker.id } }]);
    const told = await app.sql<{ subject_id: string }>(
      `select subject_id from notification_events where type = 'delegation.given' order by seq desc limit 2`,
    );
    expect(told.map(({ subject_id }) => subject_id).toSorted()).toEqual([giver.id, taker.id].toSorted());
  });

  test('goes to somebody else who may approve, and to nobody besides', async () => {
    const { giver, other } = people();
    const unfit = async (delegateId: string) => refusal(giver.caller.delegations.create(wish(delegateId)));
    expect(await unfit(giver.id)).toBe('delegation.person_unfit');
    expect(await unfit(newId())).toBe('delegation.person_unfit');
    expect(await unfit((await operatorOf(app, 'support')).id)).toBe('delegation.person_unfit');
    await app.sql('update operator_second_factors set confirmed_at = null where operator_id = ?', [other.id]);
    expect(await unfit(other.id)).toBe('delegation.person_unfit');
    const { colleagues } = await giver.caller.delegations.mine({});
    expect(colleagues.map(({ id }) => id)).not.toContain(other.id);
    await app.sql('update operator_second_factors set confirmed_at = now() where operator_id = ?', [other.id]);
  });

  test('begins now or later and lasts two weeks at most, by the clock of the database', async () => {
    const { giver, taker } = people();
    const with_ = (from: number, until: number) =>
      refusal(
        giver.caller.delegations.create(wish(taker.id, { from: hoursFromNow(from), until: hoursFromNow(until) })),
      );
    app.clock.pass(86_400_000);
    expect(await with_(-0.01, 24)).toBe('delegation.window_unfit');
    expect(await with_(2, 1)).toBe('delegation.window_unfit');
    expect(await with_(1, 14 * 24 + 1.01)).toBe('delegation.window_unfit');
    const [from, until] = [new Date(Date.now() + 3_600_000), new Date(Date.now() + (14 * 24 + 1) * 3_600_000)];
    until.setTime(from.getTime() + 14 * 86_400_000);
    const exact = { from: from.toISOString(), until: until.toISOString() };
    const { id } = await giver.caller.delegations.create(wish(taker.id, exact));
    expect(await mine(giver)).toMatchObject({ id, state: 'planned' });
    expect(await open()).toBe(0);
    await shifted(app, id, '-61 minutes');
    expect(await mine(giver)).toMatchObject({ id, state: 'open' });
    expect(await open()).toBe(1);
    await shifted(app, id, '-14 days');
    expect(await mine(giver)).toMatchObject({ id, state: 'over' });
    expect(await open()).toBe(0);
  });

  test('binds both: no second one, no handing on of what one was given, not even at the same moment', async () => {
    const { giver, taker, other } = people();
    await handedOn(giver, taker);
    const refused = await Promise.all([
      refusal(handedOn(giver, other)),
      refusal(handedOn(taker, other)),
      refusal(handedOn(other, taker)),
      refusal(handedOn(other, giver)),
    ]);
    expect(new Set(refused)).toEqual(new Set(['delegation.exists']));
    await nobodyStandsIn(app);
    const both = await Promise.all([refusal(handedOn(giver, taker)), refusal(handedOn(taker, other))]);
    expect(both.toSorted()).toEqual(['delegation.exists', 'none']);
  });
});

describe('it ends', () => {
  test('at once by whoever gave it or an administrator, once, and both are told', async () => {
    const { giver, taker, other } = people();
    const first = await handedOn(other, taker);
    expect(await refusal(taker.caller.delegations.end({ id: first }))).toBe('delegation.not_found');
    await other.caller.delegations.end({ id: first });
    expect(await mine(taker)).toMatchObject({ id: first, state: 'ended', ended: { because: 'revoked' } });
    expect(await refusal(other.caller.delegations.end({ id: first }))).toBe('delegation.not_found');
    const second = await handedOn(other, taker);
    await giver.caller.delegations.end({ id: second });
    expect(await open()).toBe(0);
    const told = `select 1 from notification_events where type = 'delegation.ended' and reason like ?`;
    expect((await app.sql(told, ['%on leave'])).length).toBeGreaterThanOrEqual(4);
    const rows = await app.sql(
      `select after from audit_events where action = 'delegation.ended' and after->>'delegationId' = ?`,
      [second],
    );
    expect(rows).toMatchObject([{ after: { because: 'revoked' } }]);
  });

  test.each(['disabled', 'role_changed', 'second_factor_reset'] as const)(
    'when either of them is %s, and does not come back with the right',
    async (because) => {
      const boss = await operatorOf(app, 'admin', 'boss');
      for (const side of [0, 1]) {
        const pair = [await app.signedInAs('finance'), await app.signedInAs('admin')] as const;
        const id = pair[side]?.id ?? '';
        await handedOn(...pair);
        if (because === 'disabled') await boss.caller.operators.disable({ id, reason: 'as agreed' });
        if (because === 'role_changed')
          await boss.caller.operators.changeRole({ id, role: 'support', reason: 'as agreed' });
        if (because === 'second_factor_reset')
          await boss.caller.operators.resetSecondFactor({ id, reason: 'as agreed' });
        expect(await open()).toBe(0);
        if (because === 'disabled') await boss.caller.operators.enable({ id, reason: 'as agreed' });
        expect(await open()).toBe(0);
        expect(await mine(pair[0])).toMatchObject({ state: 'ended', ended: { because } });
      }
    },
  );

  test('whatever took the right: who may not approve hands nothing on, and stands in for nobody', async () => {
    const { giver, taker } = people();
    await handedOn(giver, taker);
    for (const { id } of [giver, taker]) {
      await app.sql('update operators set disabled_at = now() where id = ?', [id]);
      expect(await open()).toBe(0);
      await app.sql('update operators set disabled_at = null where id = ?', [id]);
      expect(await open()).toBe(1);
    }
  });
});

describe('past the console', () => {
  const insert = (from: string, to: string, ends: string) =>
    app.sql(
      `insert into approval_delegations (id, delegator_id, delegate_id, ends_at, reason)
       values (?, ?, ?, clock_timestamp() + ?::interval, 'by hand')`,
      [newId(), from, to, ends],
    );

  test('none is longer, chained, given by or to somebody who may not approve', async () => {
    const { giver, taker, other } = people();
    await expect(insert(giver.id, taker.id, '14 days 1 minute')).rejects.toThrow(/check/);
    const support = await operatorOf(app, 'support');
    await expect(insert(giver.id, support.id, '1 day')).rejects.toThrow(/only who may approve/);
    await expect(insert(support.id, taker.id, '1 day')).rejects.toThrow(/only who may approve/);
    await insert(giver.id, taker.id, '1 day');
    await expect(insert(taker.id, other.id, '1 day')).rejects.toThrow(/not over/);
  });

  test('none is changed, deleted, or taken up again', async () => {
    const { giver, taker } = people();
    const id = await handedOn(giver, taker);
    const longer = `update approval_delegations set ends_at = ends_at + interval '1 minute' where id = ?`;
    await expect(app.sql(longer, [id])).rejects.toThrow(/only be ended/);
    await expect(app.sql('delete from approval_delegations where id = ?', [id])).rejects.toThrow(/refused/);
    await giver.caller.delegations.end({ id });
    const again = 'update approval_delegations set ended_at = null, ended_because = null, ended_by = null where id = ?';
    await expect(app.sql(again, [id])).rejects.toThrow(/only be ended/);
  });
});
