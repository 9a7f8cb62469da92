import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperatorRole } from '#server/kernel/actor.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { anOperator, authPost, PASSWORD, type Person, signIn } from '#server/testing/sign-in.ts';
import { trpcPost } from '#server/testing/trpc-post.ts';
import { fromBase32 } from './base32.ts';
import { codeAt, stepAt } from './totp.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

const codeNow = (key: string) => codeAt(fromBase32(key), stepAt(new Date()));
const call = (cookie: string, path: string, input: object = {}) => trpcPost(app, { cookie, path, input });
const stateOf = async (cookie: string) => (await app.container.sessionReader.read(cookie))?.secondFactor;
const signedIn = async (kim: Person) => (await signIn(app, kim)).cookie;
const audited = async (id: string) =>
  app.sql(`select action from audit_events where subject_id = ? and action like 'second_factor.%'`, [id]);

describe('a session that is older than ten minutes', () => {
  async function lateSession(role: OperatorRole) {
    const kim = await anOperator(app, role);
    const { cookie } = await signIn(app, kim);
    const text = `update operator_sessions set created_at = created_at - interval '11 minutes' where operator_id = ?`;
    await app.sql(text, [kim.id]);
    return { kim, cookie };
  }

  test.each(['support', 'finance'] as const)(
    'registers no app of a %s without the password: its cookie may be stolen',
    async (role) => {
      const { kim, cookie } = await lateSession(role);
      expect(await call(cookie, 'secondFactor.begin')).toMatchObject({ status: 403, code: 'auth.password_required' });
      expect(await call(cookie, 'secondFactor.begin', { password: 'a guess' })).toMatchObject({
        code: 'password.wrong',
      });
      expect(await audited(kim.id)).toEqual([{ action: 'second_factor.refused' }]);
      expect(await call(cookie, 'secondFactor.begin', { password: PASSWORD })).toMatchObject({ status: 200 });
    },
  );

  test('guesses ten passwords, together with those that this device tries at the door, and then not even the right one', async () => {
    const { kim, cookie } = await lateSession('support');
    for (let tries = 0; tries < 10; tries += 1) await call(cookie, 'secondFactor.begin', { password: 'a guess' });
    const right = await call(cookie, 'secondFactor.begin', { password: PASSWORD });
    expect(right).toMatchObject({ status: 429, code: 'rate.limited' });
    const body = { email: kim.email, password: PASSWORD };
    expect((await authPost(app, '/sign-in/email', { body, headers: { cookie } })).status).toBe(429);
  });
});

test('a first factor ends the other sessions of its owner, who is told of it', async () => {
  const kim = await anOperator(app, 'support');
  const [elsewhere, here] = [await signedIn(kim), await signedIn(kim)];
  const { key } = (await call(here, 'secondFactor.begin')).data as { key: string };
  const done = await call(here, 'secondFactor.confirm', { code: codeNow(key) });
  expect([await stateOf(elsewhere), await stateOf(done.cookie)]).toEqual([undefined, 'passed']);
  const told = `select type from notification_events where subject_id = ? and for_people`;
  expect(await app.sql(told, [kim.id])).toContainEqual({ type: 'operator.second_factor_set_up' });
});
