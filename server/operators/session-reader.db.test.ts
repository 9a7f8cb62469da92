import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signInPool } from '#server/database/sign-in-pool.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { anOperator, authPost, signIn } from '#server/testing/sign-in.ts';
import { SessionCookie } from './session-cookie.ts';
import { SessionReader } from './session-reader.ts';

let app: TestApplication;
let kim: { id: string; email: string };
beforeAll(async () => {
  app = await testApplication({ collected: false });
  kim = await anOperator(app, 'finance');
});
afterAll(() => app.close());

const read = (cookie: string | null) => app.container.sessionReader.read(cookie);

async function session() {
  const { cookie } = await signIn(app, kim);
  const signedIn = await read(cookie);
  if (!signedIn) throw new Error('not signed in');
  const [name = '', value = ''] = cookie.split('=');
  return { cookie, sessionId: signedIn.sessionId, name, value, text: decodeURIComponent(value) };
}

describe('a session is over at the very next request', () => {
  test.each([
    ['it has expired', `update operator_sessions set expires_at = now() - interval '1 second' where id = ?`],
    ['it was deleted', 'delete from operator_sessions where id = ?'],
    [
      'the operator is disabled',
      'update operators set disabled_at = now() where id = (select operator_id from operator_sessions where id = ?)',
    ],
  ])('when %s', async (_what, statement) => {
    const { cookie, sessionId } = await session();
    await app.sql(statement, [sessionId]);
    expect(await read(cookie)).toBeNull();
    await app.sql('update operators set disabled_at = null');
  });

  test('after signing out', async () => {
    const { cookie } = await session();
    expect((await authPost(app, '/sign-out', { body: {}, headers: { cookie } })).status).toBe(200);
    expect(await read(cookie)).toBeNull();
  });
});

test('a new role counts at the very next request', async () => {
  const { cookie } = await session();
  await app.sql(`update operators set role = 'support' where id = ?`, [kim.id]);
  expect(await read(cookie)).toMatchObject({ role: 'support' });
  await app.sql(`update operators set role = 'finance' where id = ?`, [kim.id]);
});

test('a session lasts twelve hours and is not made longer by being used', async () => {
  const { cookie, sessionId } = await session();
  await read(cookie);
  const [row] = await app.sql<{ hours: string }>(
    'select round(extract(epoch from expires_at - created_at) / 3600)::text as hours from operator_sessions where id = ?',
    [sessionId],
  );
  expect(row?.hours).toBe('12');
});

describe('no session is opened', () => {
  test('by a cookie that was altered in any character', async () => {
    const { name, text } = await session();
    for (let at = 0; at < text.length; at += 1) {
      const altered = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      expect(await read(`${name}=${encodeURIComponent(altered)}`)).toBeNull();
    }
  });

  test('by a cookie that is cut, padded, unsigned, or under another name', async () => {
    const { name, value, text } = await session();
    const [token = '', signature = ''] = text.split('.');
    const forged = ['', '.', '%', token, `${token}.`, `.${signature}`, `x.${signature}`, `x${text}`, `${text}x`];
    for (const each of [...forged, `${text}=`, `${token}. ${signature}`, text.replace(/=$/, '')]) {
      expect(await read(`${name}=${encodeURIComponent(each)}`)).toBeNull();
    }
    for (const other of [`x${name}`, `__Host-${name}`]) expect(await read(`${other}=${value}`)).toBeNull();
    for (const header of [null, '', '%%%', `${name}=%E0%A4%A`]) expect(await read(header)).toBeNull();
  });

  test('by a cookie that was signed with another secret', async () => {
    const { cookie, name } = await session();
    const forger = new SessionCookie({ name, secret: new Secret('another secret'), secure: false });
    const pool = signInPool(app.container.config.databaseUrl.reveal());
    const reader = new SessionReader({ pool, cookie: forger, limits: { hours: 12, idleMinutes: 15 } });
    expect(await reader.read(cookie)).toBeNull();
  });
});
