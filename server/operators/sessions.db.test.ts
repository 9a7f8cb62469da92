import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { anOperator, signIn } from '#server/testing/sign-in.ts';
import { trpcPost } from '#server/testing/trpc-post.ts';
import type { SessionView } from './contract.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
afterAll(() => app.close());

const read = (cookie: string, options = {}) => app.container.sessionReader.read(cookie, options);
const call = (path: string, cookie: string, input: object = {}) => trpcPost(app, { cookie, path, input });
const idle = (minutes: number, id: string) =>
  app.sql('update operator_sessions set last_seen_at = now() - make_interval(mins => ?) where id = ?', [minutes, id]);

/** The same person in so many browsers. */
async function atOnce(count: number) {
  const person = await anOperator(app, 'support');
  const cookies = [];
  for (let at = 0; at < count; at += 1) cookies.push((await signIn(app, person)).cookie);
  const ids = await Promise.all(cookies.map(async (cookie) => (await read(cookie))?.sessionId ?? ''));
  return { ...person, cookies, ids };
}
const listed = (cookie: string) =>
  app.container.sessionReader.read(cookie).then((me) => {
    if (!me) throw new Error('not signed in');
    return app.container.sessions.withoutTransaction(({ operatorSessions }) => operatorSessions.list(me));
  });

describe('the sessions of a person', () => {
  test('are listed with where and when, this one marked, and never those of somebody else', async () => {
    const { cookies, ids } = await atOnce(2);
    await atOnce(1);
    const rows: SessionView[] = await listed(cookies[0] ?? '');
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(rows.filter(({ isThis }) => isThis).map(({ id }) => id)).toEqual([ids[0]]);
  });

  test('end one by one, at the very next request', async () => {
    const { cookies, ids } = await atOnce(2);
    const [mine = '', other = ''] = cookies;
    expect(await call('sessions.end', mine, { id: ids[1] })).toMatchObject({ status: 200 });
    expect([(await read(mine))?.sessionId, await read(other)]).toEqual([ids[0], null]);
  });

  test('end all but this one', async () => {
    const { cookies, ids } = await atOnce(3);
    expect(await call('sessions.endOthers', cookies[2] ?? '')).toMatchObject({ data: { count: 2 } });
    const left = await Promise.all(cookies.map(async (cookie) => (await read(cookie))?.sessionId ?? null));
    expect(left).toEqual([null, null, ids[2]]);
  });

  test('are ended by nobody else', async () => {
    const [a, b] = [await atOnce(1), await atOnce(1)];
    expect(await call('sessions.end', a.cookies[0] ?? '', { id: b.ids[0] })).toMatchObject({
      code: 'session.not_found',
    });
    expect(await read(b.cookies[0] ?? '')).not.toBeNull();
  });
});

describe('a session in which nobody does anything', () => {
  test('is over after fifteen minutes, at the very next request', async () => {
    const { cookies, ids } = await atOnce(1);
    const [cookie = '', id = ''] = [cookies[0], ids[0]];
    await idle(14, id);
    expect(await read(cookie)).not.toBeNull();
    await idle(15, id);
    expect(await read(cookie)).toBeNull();
    expect(await read(cookie, { acting: true })).toBeNull();
  });

  test('is not kept alive by a page that reads again and again, but by whoever does something', async () => {
    const { cookies, ids } = await atOnce(1);
    const [cookie = '', id = ''] = [cookies[0], ids[0]];
    const seenAgo = async () => {
      const [row] = await app.sql<{ s: number }>(
        'select extract(epoch from now() - last_seen_at)::int as s from operator_sessions where id = ?',
        [id],
      );
      return row?.s ?? -1;
    };
    await idle(10, id);
    await read(cookie);
    expect(await seenAgo()).toBeGreaterThanOrEqual(600);
    const { data } = await call('sessions.touch', cookie);
    expect(await seenAgo()).toBeLessThan(60);
    const { now, idleEndsAt, endsAt } = data as { now: string; idleEndsAt: string; endsAt: string };
    expect(Math.round((Date.parse(idleEndsAt) - Date.parse(now)) / 60_000)).toBe(15);
    expect(Date.parse(endsAt) - Date.parse(now)).toBeGreaterThan(11 * 3_600_000);
  });
});

test('an identifier that was planted before signing in opens nothing afterwards', async () => {
  const person = await anOperator(app, 'support');
  const planted = (await signIn(app, await anOperator(app, 'support'))).cookie;
  const { cookie } = await signIn(app, person);
  expect(cookie).not.toBe(planted);
  expect((await read(planted))?.id).not.toBe(person.id);
});
