import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type Caller, type Signed, type TestApplication, testApplication } from '#server/testing/application.ts';
import { hoursFromNow } from '#server/testing/delegations.ts';
import { frozen } from '#server/testing/freezes.ts';
import { signIn } from '#server/testing/sign-in.ts';
import { granting, steppedUp } from '#server/testing/stepped-up.ts';
import { trpcPost } from '#server/testing/trpc-post.ts';
import { anAmount, asked, platformOf, refusal } from '#server/testing/withdrawals.ts';
import { createCaller } from '#server/trpc/root.ts';

const PASSWORD = 'seven rivers and a mill';
let app: TestApplication;
let admin: Signed;
let second: { id: string; cookie: string };

/** As the session says now who they are. */
async function asSecond(): Promise<Caller> {
  const person = await app.container.sessionReader.read(second.cookie);
  if (!person) throw new Error('signed out');
  const caller = createCaller({ container: app.container, caller: person, origin: { requestId: newId(), ip: null } });
  return steppedUp(caller, granting(app, person));
}

/** The administrator opens the link that they made. */
async function invited(): Promise<{ id: string; cookie: string }> {
  const email = 'second-self@example.test';
  const { link } = await admin.caller.operators.invite({ email, role: 'admin' });
  const input = { token: link.split('#')[1], name: 'Second self', password: PASSWORD };
  await trpcPost(app, { cookie: '', path: 'signIn.acceptInvitation', input });
  const { cookie } = await signIn(app, { email, password: PASSWORD });
  const [row] = await app.sql<{ id: string }>('select id from operators where email = ?', [email]);
  const id = row?.id ?? '';
  await app.sql(
    `insert into operator_second_factors (id, operator_id, sealed_key, created_at, confirmed_at)
     select ?, ?, sealed_key, now(), now() from operator_second_factors limit 1`,
    [newId(), id],
  );
  await app.sql('update operator_sessions set second_factor_at = now() where operator_id = ?', [id]);
  return { id, cookie };
}

const waitedADay = () =>
  app.sql(`update operators set counts_from = counts_from - interval '24 hours' where id = ?`, [second.id]);
const waitingAgain = () =>
  app.sql(`update operators set counts_from = counts_from + interval '24 hours' where id = ?`, [second.id]);

beforeAll(async () => {
  app = await testApplication();
  admin = await app.signedInAs('admin');
  second = await invited();
});
afterAll(() => app.close());

describe('an administrator who invites a second self', () => {
  test('is not two people for a day: neither first nor second, in no decision and in no vote', async () => {
    const self = await asSecond();
    const [mine, theirs] = [await frozen(app, { scope: 'asset', target: 'PEP' }), await frozen(app, { scope: 'all' })];
    const { liftProposed } = await admin.caller.system.unfreeze({ id: mine.id, reason: 'looked at' });
    expect(liftProposed).toMatchObject({ by: { id: admin.id }, reason: 'looked at' });
    expect((await self.decisions.people({})).admin).toBe(1);
    expect(await refusal(self.system.unfreeze({ id: mine.id, reason: 'me too' }))).toBe('auth.newcomer');
    expect(await refusal(self.system.unfreeze({ id: theirs.id, reason: 'I begin' }))).toBe('auth.newcomer');

    const { current } = await admin.caller.policies.current({});
    const change = { rules: current.rules, note: 'looser', basedOn: current.version };
    expect(await refusal(self.policies.propose(change))).toBe('auth.newcomer');
    const { id } = await admin.caller.policies.propose(change);
    expect(await refusal(self.policies.confirm({ id, note: 'fine' }))).toBe('auth.newcomer');

    await waitedADay();
    const later = await asSecond();
    expect((await later.decisions.people({})).admin).toBe(2);
    await later.policies.confirm({ id, note: 'fine' });
    expect((await later.system.unfreeze({ id: mine.id, reason: 'me too' })).liftedAt).not.toBeNull();
    await later.system.unfreeze({ id: theirs.id, reason: 'I begin' });
    expect((await admin.caller.system.unfreeze({ id: theirs.id, reason: 'yes' })).liftedAt).not.toBeNull();
    await waitingAgain();
  });

  test('approves nothing for a day, and is not among those who could', async () => {
    const request = await asked(app);
    const vote = async () => (await asSecond()).withdrawals.approve({ id: request.id, digest: request.digest });
    const seen = async () => (await asSecond()).withdrawals.get({ id: request.id });
    expect(await refusal(vote())).toBe('auth.newcomer');
    const { allowed, quorum } = await seen();
    expect(allowed.approve).toBe('auth.newcomer');
    expect(quorum?.mayVote.map(({ id }) => id)).not.toContain(second.id);
    await waitedADay();
    expect((await seen()).quorum?.mayVote.map(({ id }) => id)).toContain(second.id);
    expect(await refusal(vote())).toBe('none');
    await waitingAgain();
  });

  test('asks for no money with it, changes no amount, and is shown no key that could ask, for a day', async () => {
    const { id, memberId } = await asked(app);
    const key = await app.withKey('read');
    const wish = { memberId, asset: 'LTC', amount: '0.5' };
    const ask = async () => (await asSecond()).withdrawals.request({ ...wish, idempotencyKey: newId() });
    const edit = async () => (await asSecond()).withdrawals.edit({ id, amount: anAmount(), reason: 'less' });
    const create = async () => (await asSecond()).apiKeys.create({ name: 'mine', scopes: ['withdraw'] });
    const rotate = async () => (await asSecond()).apiKeys.rotate({ id: key.id, overlapHours: 1 });
    for (const each of [ask, edit, create, rotate]) expect(await refusal(each())).toBe('auth.newcomer');
    expect((await (await asSecond()).withdrawals.get({ id })).allowed.edit).toBe('auth.newcomer');
    await waitedADay();
    for (const each of [ask, edit, create, rotate]) expect(await refusal(each())).toBe('none');
    await waitingAgain();
  });

  test('hands nothing on to it, and does not read that they could', async () => {
    const { colleagues } = await admin.caller.delegations.mine({});
    expect(colleagues.map(({ id }) => id)).not.toContain(second.id);
    const wish = { delegateId: second.id, until: hoursFromNow(5), reason: 'on leave' };
    expect(await refusal(admin.caller.delegations.create(wish))).toBe('delegation.person_unfit');
  });

  test('stops things with it at once: looks, freezes, holds, rejects', async () => {
    const self = await asSecond();
    const { id } = await asked(app);
    await self.withdrawals.hold({ id, reason: 'suspected_fraud', note: 'looks wrong' });
    expect((await self.withdrawals.reject({ id, reason: 'not asked for' })).status).toBe('rejected');
    expect(
      (await self.system.freeze({ scope: 'asset', target: 'DOGE', reason: 'something looks wrong' })).liftedAt,
    ).toBeNull();
  });

  test('is seen doing it: everybody is told who made whom what, and from when they count', async () => {
    const [told] = await app.sql<{ reason: string }>(
      `select reason from notification_events where type = 'operator.right_given' and subject_id = ?`,
      [second.id],
    );
    expect(told?.reason).toMatch(/^admin \w+ → Second self · admin · \d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    expect((await (await asSecond()).operators.me({})).countsFrom).not.toBeNull();
    const { rows } = await admin.caller.operators.list({});
    expect(rows.find(({ id }) => id === second.id)?.countsFrom).not.toBeNull();
  });
});

test('a new role is a new right, and one that decides nothing is none', async () => {
  const { id } = await app.signedInAs('support');
  const counts = async () =>
    (await admin.caller.operators.list({})).rows.find((row) => row.id === id)?.countsFrom ?? null;
  expect(await counts()).toBeNull();
  await admin.caller.operators.changeRole({ id, role: 'finance', reason: 'as agreed' });
  expect(await counts()).not.toBeNull();
  await admin.caller.operators.changeRole({ id, role: 'auditor', reason: 'as agreed' });
  expect(await counts()).toBeNull();
});

test('whoever is let in again has their right anew', async () => {
  const { id } = await app.signedInAs('finance');
  await admin.caller.operators.disable({ id, reason: 'as agreed' });
  await admin.caller.operators.enable({ id, reason: 'as agreed' });
  const { rows } = await admin.caller.operators.list({});
  expect(rows.find((row) => row.id === id)).toMatchObject({ disabledAt: null, countsFrom: expect.any(String) });
  const told = await app.sql(
    `select 1 from notification_events where type = 'operator.right_given' and subject_id = ?`,
    [id],
  );
  expect(told).toHaveLength(1);
});

test('whoever had their second factor reset has their right anew: the next one may be of who took this one off', async () => {
  const colleague = await app.signedInAs('finance');
  await admin.caller.operators.resetSecondFactor({ id: colleague.id, reason: 'as agreed' });
  const { rows } = await admin.caller.operators.list({});
  const row = rows.find(({ id }) => id === colleague.id);
  expect(row).toMatchObject({ hasSecondFactor: false, countsFrom: expect.any(String) });
  const told = `select 1 from notification_events where type = 'operator.right_given' and subject_id = ?`;
  expect(await app.sql(told, [colleague.id])).toHaveLength(1);
  const [kept] = await app.sql<{ after: object }>(
    `select after from audit_events where action = 'second_factor.reset' and subject_id = ?`,
    [colleague.id],
  );
  expect(kept?.after).toEqual({ countsFrom: row?.countsFrom });
  const { id: helper } = await app.signedInAs('support');
  await admin.caller.operators.resetSecondFactor({ id: helper, reason: 'as agreed' });
  expect(await app.sql(told, [helper])).toEqual([]);
});

describe('past the console', () => {
  test('rows in the name of a newcomer are refused: a request, another amount, a key, a vote, either side of a decision, either side of a lift', async () => {
    const request = await asked(app);
    const vote = `insert into withdrawal_approvals (id, withdrawal_id, revision, operator_id, operator_role, digest, at)
      values (?, ?, 1, ?, 'admin', ?, now())`;
    await expect(app.sql(vote, [newId(), request.id, second.id, request.digest])).rejects.toThrow(/right is new/);
    const propose = `insert into dual_decisions (id, action, subject_type, subject_id, body, body_hash, note, proposed_by,
      proposed_at, expires_at) values (?, 'ledger.adjust', 'ledger', ?, '{}', repeat('0', 64), 'why', ?, now(), now() + interval '1 day')`;
    await expect(app.sql(propose, [newId(), newId(), second.id])).rejects.toThrow(/right is new/);
    const id = newId();
    await app.sql(propose, [id, newId(), admin.id]);
    const confirm = `update dual_decisions set ending = 'confirmed', ended_by = ?, ended_at = now() where id = ?`;
    await expect(app.sql(confirm, [second.id, id])).rejects.toThrow(/right is new/);
    const ask = `insert into withdrawals select (jsonb_populate_record(w, jsonb_build_object(
      'id', ?::text, 'requested_by_type', 'operator', 'requested_by_id', ?::text))).* from withdrawals w where id = ?`;
    await expect(app.sql(ask, [newId(), second.id, request.id])).rejects.toThrow(/right is new/);
    const edit = `update withdrawals set edited_by = ?, amount = amount + 1, revision = revision + 1,
      digest = repeat('0', 64) where id = ?`;
    await expect(app.sql(edit, [second.id, request.id])).rejects.toThrow(/right is new/);
    const show = `insert into api_key_secrets (id, api_key_id, hash, shown_to, created_at)
      values (?, ?, repeat('a', 64), ?, now())`;
    const { id: keyId } = await platformOf(app);
    await expect(app.sql(show, [newId(), keyId, second.id])).rejects.toThrow(/right is new/);
    const freeze = await frozen(app, { scope: 'asset', target: 'LKY' });
    const begin = 'update freezes set lift_proposed_by = ?, lift_proposed_at = now() where id = ?';
    await expect(app.sql(begin, [second.id, freeze.id])).rejects.toThrow(/right is new/);
    await app.sql(begin, [admin.id, freeze.id]);
    const lift = 'update freezes set lifted_by = ?, lifted_at = now() where id = ?';
    await expect(app.sql(lift, [second.id, freeze.id])).rejects.toThrow(/right is new/);
  });
});
