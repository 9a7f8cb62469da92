import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingParty } from '#server/kernel/actor.ts';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { operatorOf, refusal } from '#server/testing/withdrawals.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

async function person(name: string): Promise<ActingParty> {
  const { id } = await operatorOf(app, 'finance', name);
  return { type: 'operator', id, role: 'finance', sessionId: newId() };
}

const call = (id: string, outcome = 'paid') => ({
  action: 'withdrawal.resolve' as const,
  subject: { type: 'withdrawal' as const, id },
  body: { outcome },
  note: 'seen in the list',
});

const decide = (by: ActingParty, id: string, outcome = 'paid') =>
  app.container.sessions.inTransaction(({ dualControl }) => dualControl.decide(call(id, outcome), by));

describe('a decision of two people', () => {
  test('is proposed by the first and confirmed by the same call of a second', async () => {
    const id = newId();
    const [first, second] = [await person('first'), await person('second')];
    expect(await decide(first, id)).toMatchObject({ state: 'proposed' });
    expect(await decide(second, id)).toMatchObject({
      state: 'confirmed',
      proposedBy: first.id,
      confirmedBy: second.id,
    });
  });

  test('is not confirmed by the one who proposed it, however often and from whichever session', async () => {
    const id = newId();
    const first = await person('first');
    await decide(first, id);
    expect(await decide({ ...first }, id)).toMatchObject({ state: 'proposed' });
    expect(await decide(await person('first'), id)).toMatchObject({ state: 'proposed' });
  });

  test('is refused to a second who says something else', async () => {
    const id = newId();
    await decide(await person('first'), id);
    expect(await refusal(decide(await person('second'), id, 'not_paid'))).toBe('decision.differs');
  });

  test('begins anew when the first changes their mind', async () => {
    const id = newId();
    const [first, second] = [await person('first'), await person('second')];
    await decide(first, id);
    expect(await decide(first, id, 'not_paid')).toMatchObject({ state: 'proposed' });
    expect(await refusal(decide(second, id))).toBe('decision.differs');
    expect(await decide(second, id, 'not_paid')).toMatchObject({ state: 'confirmed' });
  });

  test('can be taken back, and the colleague then proposes', async () => {
    const id = newId();
    const [first, second] = [await person('first'), await person('second')];
    const { decisionId } = await decide(first, id);
    const withdraw = () =>
      app.container.sessions.inTransaction(({ dualControl }) => dualControl.withdraw(decisionId, second));
    await withdraw();
    expect(await refusal(withdraw())).toBe('decision.not_found');
    expect(await decide(second, id)).toMatchObject({ state: 'proposed' });
  });

  test.each([
    ['disabled', 'update operators set disabled_at = now() where id = ?'],
    ['in another role', `update operators set role = 'support' where id = ?`],
    ['without a second factor', 'delete from operator_second_factors where operator_id = ?'],
    ['given their right anew', `update operators set counts_from = now() + interval '1 hour' where id = ?`],
    ['given it anew since, and done waiting', `update operators set counts_from = clock_timestamp() where id = ?`],
  ])('that was proposed by somebody who is %s is no proposal: the next call proposes', async (_what, change) => {
    const id = newId();
    const { id: first } = await app.signedInAs('finance');
    const openAbout = () => app.container.sessions.withoutTransaction(({ dualControl }) => dualControl.openAbout([id]));
    const { decisionId } = await decide({ type: 'operator', id: first, role: 'finance', sessionId: newId() }, id);
    expect(await openAbout()).toHaveLength(1);
    await app.sql(change, [first]);
    expect(await openAbout()).toEqual([]);
    const second = await person('second');
    const confirm = `update dual_decisions set ending = 'confirmed', ended_by = ?, ended_at = now() where id = ?`;
    await expect(app.sql(confirm, [second.id, decisionId])).rejects.toThrow(/no longer decide/);
    expect(await decide(second, id)).toMatchObject({ state: 'proposed' });
    expect(await app.sql('select ending from dual_decisions where id = ?', [decisionId])).toEqual([
      { ending: 'expired' },
    ]);
    expect(await decide(await person('third'), id)).toMatchObject({ state: 'confirmed', proposedBy: second.id });
  });

  test('is void after a day by the clock of the database', async () => {
    const id = newId();
    const [first, second] = [await person('first'), await person('second')];
    await decide(first, id);
    app.clock.pass(25 * 3_600_000);
    const { decisionId } = await decide(first, id);
    expect(await app.sql('select ending from dual_decisions where id = ?', [decisionId])).toEqual([{ ending: null }]);
    app.clock.pass(-25 * 3_600_000);
    await app.sql('update dual_decisions set expires_at = now() where id = ?', [decisionId]);
    const { sessions } = app.container;
    expect(await sessions.withoutTransaction(({ dualControl }) => dualControl.openAbout([id]))).toEqual([]);
    expect(await decide(second, id)).toMatchObject({ state: 'proposed' });
    expect(await app.sql('select ending from dual_decisions where id = ?', [decisionId])).toEqual([
      { ending: 'expired' },
    ]);
  });

  test('is for people: a key and the worker are refused', async () => {
    expect(await refusal(decide({ type: 'api_key', id: newId(), scopes: ['withdraw'] }, newId()))).toBe(
      'auth.forbidden',
    );
    expect(await refusal(decide({ type: 'system', id: 'worker' }, newId()))).toBe('auth.forbidden');
  });

  test('cannot be confirmed by its proposer with raw SQL, nor rewritten, nor deleted', async () => {
    const id = newId();
    const first = await person('first');
    const { decisionId } = await decide(first, id);
    const change = (set: string) => app.sql(`update dual_decisions set ${set} where id = ?`, [decisionId]);
    await expect(change(`ending = 'confirmed', ended_by = proposed_by, ended_at = now()`)).rejects.toThrow(/check/);
    await expect(change(`body = '{}'`)).rejects.toThrow(/cannot be changed/);
    await expect(app.sql('delete from dual_decisions where id = ?', [decisionId])).rejects.toThrow(/refused/);
    await decide(await person('second'), id);
    await expect(change('ending = null, ended_by = null, ended_at = null')).rejects.toThrow(/has ended/);
  });
});
