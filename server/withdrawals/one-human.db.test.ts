import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type Caller, type Signed, type TestApplication, testApplication } from '#server/testing/application.ts';
import { granting, steppedUp } from '#server/testing/stepped-up.ts';
import { type Asked, asked, operatorOf, refusal } from '#server/testing/withdrawals.ts';
import { createCaller } from '#server/trpc/root.ts';

let app: TestApplication;
let maker: Signed;
let other: Signed;
beforeAll(async () => {
  app = await testApplication();
  [maker, other] = [await app.signedInAs('admin'), await app.signedInAs('admin')];
});
afterAll(() => app.close());

const scopes = ['withdraw' as const];
/** The procedures as they may be called with this key, by way of the door that a platform comes through. */
async function holderOf(key: string): Promise<Caller> {
  const origin = { requestId: newId(), ip: null };
  const admitted = await app.container.apiKeyDoor.admit(`Bearer ${key}`, origin);
  return createCaller({ container: app.container, caller: admitted?.actor ?? null, origin });
}
const askedWith = async (key: string) => asked(app, { by: await holderOf(key) });
const vote = ({ id, digest }: Asked, { withdrawals }: Caller) => withdrawals.approve({ id, digest });
const approve = (request: Asked, by: Signed) => refusal(vote(request, by.caller));
const SELF = 'withdrawal.self_approval';

describe('one human is one vote', () => {
  test('whoever was shown the key does not approve what it asked for; somebody else does', async () => {
    const { key } = await maker.caller.apiKeys.create({ name: 'platform', scopes });
    const before = await maker.caller.withdrawals.waiting({});
    const request = await askedWith(key);
    expect((await maker.caller.withdrawals.get({ id: request.id })).allowed.approve).toBe(SELF);
    expect((await maker.caller.withdrawals.waiting({})).forMe).toEqual(before.forMe);
    expect(await approve(request, maker)).toBe(SELF);
    expect((await other.caller.withdrawals.get({ id: request.id })).allowed.approve).toBe(true);
    await vote(request, other.caller);
  });

  test('the list of what waits for somebody is what they could approve, and as long as the count beside it says', async () => {
    const listed = async ({ caller }: Signed) => {
      const { rows, total } = await caller.withdrawals.list({ filter: { forMe: true } });
      expect(total).toEqual((await caller.withdrawals.waiting({})).forMe);
      return rows.map(({ id }) => id);
    };
    const { key } = await maker.caller.apiKeys.create({ name: 'platform', scopes });
    const ofKey = await askedWith(key);
    const voted = await asked(app, { amount: '2' });
    expect(await listed(maker)).toEqual(expect.arrayContaining([voted.id]));
    expect(await listed(maker)).not.toContain(ofKey.id);
    await vote(voted, maker.caller);
    expect(await listed(maker)).not.toContain(voted.id);
    expect(await listed(other)).toEqual(expect.arrayContaining([ofKey.id, voted.id]));
    expect(await listed(await app.signedInAs('support'))).toEqual([]);
  });

  test.each([3_600_000, -3_600_000])('also where the clock of one process is %d ms off', async (ms) => {
    app.clock.pass(ms);
    const { key } = await maker.caller.apiKeys.create({ name: 'platform', scopes });
    app.clock.pass(-ms);
    const made = await askedWith(key);
    app.clock.pass(-ms);
    const took = await askedWith(key).finally(() => app.clock.pass(ms));
    expect([await approve(made, maker), await approve(took, maker)]).toEqual([SELF, SELF]);
  });

  test('the database refuses that vote too', async () => {
    const { key } = await maker.caller.apiKeys.create({ name: 'platform', scopes });
    const { id, digest } = await askedWith(key);
    const byHand = app.sql(
      `insert into withdrawal_approvals (id, withdrawal_id, revision, operator_id, digest, at) values (?, ?, 1, ?, ?, now())`,
      [newId(), id, maker.id, digest],
    );
    await expect(byHand).rejects.toThrow(/nobody approves what they asked for themselves/);
  });

  test('while two secrets of a key work, both who were shown one could have asked', async () => {
    const { id, key } = await maker.caller.apiKeys.create({ name: 'platform', scopes });
    await other.caller.apiKeys.rotate({ id, overlapHours: 24 });
    const request = await askedWith(key);
    expect([await approve(request, maker), await approve(request, other)]).toEqual([SELF, SELF]);
  });

  test("a secret that had ended when the key asked was nobody's way to ask", async () => {
    const { id } = await maker.caller.apiKeys.create({ name: 'platform', scopes });
    const { key } = await other.caller.apiKeys.rotate({ id, overlapHours: 0 });
    await app.sql(`update api_key_secrets set expires_at = created_at where api_key_id = ? and shown_to = ?`, [
      id,
      maker.id,
    ]);
    const request = await askedWith(key);
    expect(await approve(request, other)).toBe(SELF);
    await vote(request, maker.caller);
  });

  test("replacing a key afterwards takes nobody's vote", async () => {
    const { id, key } = await maker.caller.apiKeys.create({ name: 'platform', scopes });
    const request = await askedWith(key);
    await other.caller.apiKeys.rotate({ id, overlapHours: 0 });
    await vote(request, other.caller);
  });

  test('two sessions of one person are one', async () => {
    const request = await asked(app, { amount: '5' });
    const one = await operatorOf(app, 'finance');
    const [row] = await app.sql<{ name: string; email: string }>('select name, email from operators where id = ?', [
      one.id,
    ]);
    const again = {
      type: 'operator',
      id: one.id,
      role: 'finance',
      sessionId: newId(),
      secondFactor: 'passed',
    } as const;
    const caller = { ...again, name: row?.name ?? '', email: row?.email ?? '' };
    const origin = { requestId: newId(), ip: null };
    const second = steppedUp(createCaller({ container: app.container, caller, origin }), granting(app, again));
    expect((await vote(request, one.caller)).status).toBe('approved_pending');
    expect(await refusal(vote(request, second))).toBe('withdrawal.duplicate_vote');
  });
});
