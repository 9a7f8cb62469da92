import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Signed, type TestApplication, testApplication } from '#server/testing/application.ts';
import { anOperator, PASSWORD, signIn } from '#server/testing/sign-in.ts';
import { granting } from '#server/testing/stepped-up.ts';
import { trpcPost } from '#server/testing/trpc-post.ts';
import { domainCodeOf } from '#server/testing/withdrawals.ts';

let app: TestApplication;
let admin: Signed;
beforeAll(async () => {
  app = await testApplication({ collected: false });
  admin = await app.signedInAs('admin');
});
afterAll(() => app.close());

let count = 0;
const address = () => `new-${++count}@example.test`;
const read = (cookie: string) => app.container.sessionReader.read(cookie);
const open = (path: string, input: object, cookie = '') => trpcPost(app, { cookie, path, input });
const NEW_PASSWORD = 'seven rivers and a mill';

async function invited(email = address()) {
  const { id, link, expiresAt } = await admin.caller.operators.invite({ email, role: 'support' });
  return { id, email, link, expiresAt, token: link.split('#')[1] ?? '' };
}
const accept = (token: string, password = NEW_PASSWORD) =>
  open('signIn.acceptInvitation', { token, name: 'Lee', password });
const over = { status: 404, code: 'invitation.not_found' };

describe('an invitation', () => {
  test('says whom it is for, makes an operator who signs in, and opens once', async () => {
    const { email, token, link } = await invited();
    expect(link).toMatch(/^http:\/\/localhost:\d+\/invitation#[\w-]{43}$/);
    expect(await open('signIn.lookAtInvitation', { token })).toMatchObject({ data: { email, role: 'support' } });
    expect(await accept(token)).toMatchObject({ status: 200, data: { email } });
    expect((await signIn(app, { email, password: NEW_PASSWORD })).response.status).toBe(200);
    expect(await accept(token)).toMatchObject(over);
    expect(await open('signIn.lookAtInvitation', { token })).toMatchObject(over);
  });

  test('is used once by many at once', async () => {
    const { token } = await invited();
    const all = await Promise.all([1, 2, 3].map(() => accept(token)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('is over after three days, when it was taken back, and when there is a newer one', async () => {
    const [late, back, older] = [await invited(), await invited(), await invited()];
    await app.sql(`alter table operator_invitations disable trigger operator_invitations_once`);
    await app.sql(`update operator_invitations set expires_at = now() where id = ?`, [late.id]);
    await app.sql(`alter table operator_invitations enable trigger operator_invitations_once`);
    await admin.caller.operators.revokeInvitation({ id: back.id });
    await invited(older.email);
    for (const { token } of [late, back, older]) expect(await accept(token)).toMatchObject(over);
  });

  test('with a password that guessers try is refused, and can be accepted with another', async () => {
    const { token } = await invited();
    expect(await accept(token, 'passwordpassword')).toMatchObject({ code: 'password.refused' });
    expect(await accept(token)).toMatchObject({ status: 200 });
  });

  test('is not made for somebody who is here, and its token is kept nowhere', async () => {
    const { email } = await anOperator(app);
    await expect(admin.caller.operators.invite({ email, role: 'support' })).rejects.toThrow('already');
    const { token } = await invited();
    const kept = await app.sql(
      'select i::text as text from operator_invitations i union all select e::text from audit_events e',
    );
    expect(JSON.stringify(kept)).not.toContain(token);
  });
});

describe('an administrator', () => {
  test('sees who works here and who is invited', async () => {
    const kim = await anOperator(app, 'auditor');
    const { email } = await invited();
    const { rows, invitations } = await admin.caller.operators.list({});
    expect(rows.find(({ id }) => id === kim.id)).toMatchObject({
      role: 'auditor',
      hasSecondFactor: false,
      passkeys: 0,
      disabledAt: null,
    });
    expect(invitations.map((each) => each.email)).toContain(email);
  });

  test.each([
    [
      'another role',
      (id: string) => admin.caller.operators.changeRole({ id, role: 'auditor', reason: 'as agreed' }),
      'operator.role_changed',
    ],
    [
      'being disabled',
      (id: string) => admin.caller.operators.disable({ id, reason: 'as agreed' }),
      'operator.disabled',
    ],
    [
      'another first factor',
      (id: string) => admin.caller.operators.resetSecondFactor({ id, reason: 'as agreed' }),
      'second_factor.reset',
    ],
  ])('gives %s, which ends their sessions at once and is recorded with why', async (_what, change, action) => {
    const kim = await anOperator(app, 'support');
    const { cookie } = await signIn(app, kim);
    await change(kim.id);
    expect(await read(cookie)).toBeNull();
    const text = 'select action, reason from audit_events where subject_id = ?';
    expect(await app.sql(text, [kim.id])).toContainEqual({ action, reason: 'as agreed' });
  });

  test('says why, or does nothing', async () => {
    const { id } = await anOperator(app, 'support');
    await expect(admin.caller.operators.disable({ id, reason: ' ' })).rejects.toThrow('reason');
  });

  test('lets somebody in again', async () => {
    const kim = await anOperator(app, 'support');
    await admin.caller.operators.disable({ id: kim.id, reason: 'as agreed' });
    expect((await signIn(app, kim)).response.status).toBe(403);
    await admin.caller.operators.enable({ id: kim.id, reason: 'as agreed' });
    expect((await signIn(app, kim)).response.status).toBe(200);
  });

  test('is told when it is so already: nothing is recorded, and the colleague stays signed in', async () => {
    const kim = await anOperator(app, 'support');
    const { cookie } = await signIn(app, kim);
    const { operators } = admin.caller;
    const why = { id: kim.id, reason: 'as agreed' };
    const recorded = async () => (await app.sql('select 1 from audit_events where subject_id = ?', [kim.id])).length;
    const before = await recorded();
    expect(await operators.changeRole({ ...why, role: 'support' }).catch(domainCodeOf)).toBe('operator.unchanged');
    expect(await operators.enable(why).catch(domainCodeOf)).toBe('operator.unchanged');
    expect([await recorded(), await read(cookie)]).toEqual([before, expect.anything()]);
    await operators.disable(why);
    const disabled = await recorded();
    expect(await operators.disable(why).catch(domainCodeOf)).toBe('operator.unchanged');
    expect(await recorded()).toBe(disabled);
  });

  test('does none of it to themselves, nor without the second factor', async () => {
    const { id, caller, plain } = admin;
    const kim = await anOperator(app, 'support');
    await expect(caller.operators.disable({ id, reason: 'as agreed' })).rejects.toThrow('a colleague does this');
    await expect(caller.operators.changeRole({ id, role: 'support', reason: 'as agreed' })).rejects.toThrow(
      'a colleague does this',
    );
    await expect(plain.operators.disable({ id: kim.id, reason: 'as agreed' })).rejects.toThrow('second factor');
    await expect(plain.operators.invite({ email: address(), role: 'admin' })).rejects.toThrow('second factor');
  });
});

test('a new password takes the one of now, ends other sessions, and is the only one from then on', async () => {
  const kim = await anOperator(app, 'support');
  const [{ cookie }, elsewhere] = [await signIn(app, kim), await signIn(app, kim)];
  const me = await read(cookie);
  if (!me) throw new Error('not signed in');
  const change = async (input: { current: string; next: string }) => {
    await granting(app, me)('operators.changePassword', input);
    return open('operators.changePassword', input, cookie);
  };
  expect(await change({ current: 'not the password', next: NEW_PASSWORD })).toMatchObject({ code: 'password.wrong' });
  expect(await change({ current: PASSWORD, next: 'kim kim kim kim kim' })).toMatchObject({ code: 'password.refused' });
  expect(await change({ current: PASSWORD, next: NEW_PASSWORD })).toMatchObject({ status: 200 });
  expect([(await read(cookie))?.id, await read(elsewhere.cookie)]).toEqual([kim.id, null]);
  expect((await signIn(app, kim)).response.status).toBe(401);
  expect((await signIn(app, { ...kim, password: NEW_PASSWORD })).response.status).toBe(200);
});
