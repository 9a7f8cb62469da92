import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { anOperator, authPost, PASSWORD, signIn } from '#server/testing/sign-in.ts';

let app: TestApplication;
let kim: { id: string; email: string };
beforeAll(async () => {
  app = await testApplication({ collected: false });
  kim = await anOperator(app, 'finance');
});
afterAll(() => app.close());

const read = (cookie: string) => app.container.sessionReader.read(cookie);

describe('signing in', () => {
  test('with the right password sets a cookie that opens a session, and is audited with it', async () => {
    const { id, email } = kim;
    const { response, cookie, setCookie } = await signIn(app, { email: email.toUpperCase() });
    expect(response.status).toBe(200);
    expect(setCookie.join()).toMatch(/Path=\/; HttpOnly; SameSite=Lax/i);
    const session = await read(`theme=dark; ${cookie}; lang=ko`);
    expect(session).toMatchObject({ type: 'operator', id, role: 'finance', email, name: 'Kim' });
    const audited = await app.sql(
      `select actor_type, actor_id, session_id from audit_events where action = 'operator.signed_in' and subject_id = ?`,
      [id],
    );
    expect(audited).toEqual([{ actor_type: 'operator', actor_id: id, session_id: session?.sessionId }]);
  });

  test('opens another session each time', async () => {
    const [first, second] = [await signIn(app, kim), await signIn(app, kim)];
    const ids = [await read(first.cookie), await read(second.cookie)].map((session) => session?.sessionId);
    expect(new Set(ids).size).toBe(2);
  });

  test.each([
    ['a wrong password', { password: 'wrong horse battery' }],
    ['an unknown address', { email: 'nobody@example.test' }],
  ])('with %s is refused in the same words', async (_what, changes) => {
    const { response, cookie } = await signIn(app, { ...kim, ...changes });
    expect([response.status, cookie]).toEqual([401, '']);
    expect(await response.json()).toMatchObject({ code: 'INVALID_EMAIL_OR_PASSWORD' });
  });

  test('as a disabled operator is refused, and leaves no session', async () => {
    await app.sql('delete from operator_sessions');
    await app.sql('update operators set disabled_at = now() where id = ?', [kim.id]);
    const { response, cookie } = await signIn(app, kim);
    await app.sql('update operators set disabled_at = null where id = ?', [kim.id]);
    expect([response.status, cookie]).toEqual([403, '']);
    expect(await response.json()).toMatchObject({ code: 'auth.forbidden' });
    expect(await app.sql('select 1 from operator_sessions')).toEqual([]);
  });

  test.each(['https://evil.test', 'null', 'http://localhost.evil.test'])('from %s is refused', async (origin) => {
    const body = { email: kim.email, password: PASSWORD };
    const response = await authPost(app, '/sign-in/email', { body, headers: { origin } });
    expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
  });

  test.each(['https://evil.test', 'null'])('leaves the session alone when %s signs it out', async (origin) => {
    const { cookie } = await signIn(app, kim);
    const response = await authPost(app, '/sign-out', { body: {}, headers: { cookie, origin } });
    expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
    expect(await read(cookie)).toMatchObject({ id: kim.id });
  });

  test('signing out is in the record, once', async () => {
    const { cookie } = await signIn(app, kim);
    const sessionId = (await read(cookie))?.sessionId;
    for (const status of [200, 200]) {
      expect((await authPost(app, '/sign-out', { body: {}, headers: { cookie } })).status).toBe(status);
    }
    const rows = await app.sql(
      `select actor_id from audit_events where action = 'operator.signed_out' and session_id = ?`,
      [sessionId],
    );
    expect(rows).toEqual([{ actor_id: kim.id }]);
  });

  test('over https every cookie is one that no other host and no plain request can set', async () => {
    const secure = await testApplication({ collected: false, environment: { APP_URL: 'https://console.example' } });
    try {
      const { setCookie, cookie } = await signIn(secure, await anOperator(secure, 'support'));
      expect(setCookie).toHaveLength(2);
      for (const line of setCookie) {
        expect(line).toMatch(/^__Host-/);
        for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(line).toContain(part);
        expect(line).not.toMatch(/domain=/i);
      }
      expect(await secure.container.sessionReader.read(cookie)).toMatchObject({ role: 'support' });
    } finally {
      await secure.close();
    }
  });

  test('does not make an operator: sign-up is closed', async () => {
    const body = { email: 'new@example.test', password: PASSWORD, name: 'New', role: 'admin' };
    const response = await authPost(app, '/sign-up/email', { body });
    expect(response.status).toBe(404);
    expect(await app.sql('select 1 from operators where email = ?', [body.email])).toEqual([]);
  });
});
