import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { answerTrpc } from '#server/trpc/http.ts';
import { CallBudgets } from './call-budgets.ts';

const PER_MINUTE = 60;
let app: TestApplication;
let key: { id: string; callsPerMinute: number };
let bearer = '';
beforeAll(async () => {
  app = await testApplication({ collected: false });
});
beforeEach(async () => {
  const { caller } = await app.signedInAs('admin');
  const made = await caller.apiKeys.create({ name: 'platform', scopes: ['read'], callsPerMinute: PER_MINUTE });
  key = { id: made.id, callsPerMinute: PER_MINUTE };
  bearer = `Bearer ${made.key}`;
  await enoughOfAMinute();
});
afterAll(() => app.close());

/** A minute of the database must not end in the midst of a test: none of them takes so long. */
const TEST_SECONDS_MAX = 5;
async function enoughOfAMinute(): Promise<void> {
  await app.sql(
    `select pg_sleep(60.1 - extract(second from now())) where extract(second from now()) > 60 - ${TEST_SECONDS_MAX}`,
  );
}
/** What one web process has. */
const aProcess = () => new CallBudgets({ sessions: app.container.sessions });
const admitted = async (all: Promise<{ isSpent: boolean }>[]) =>
  (await Promise.all(all)).filter(({ isSpent }) => !isSpent).length;
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_each, at) => make(at));

test('four processes together let through as many calls as the key may make, and not one more', async () => {
  const processes = times(4, aProcess);
  let through = 0;
  for (let round = 0; round < 10; round += 1) {
    through += await admitted(times(20, (at) => (processes[at % 4] ?? aProcess()).take(key, 1)));
  }
  expect(through).toBeLessThanOrEqual(PER_MINUTE);
  // A process may keep a few that it has drawn and nobody asks it for.
  expect(through).toBeGreaterThan(PER_MINUTE - 8);
});

test('one process alone gives out every one of them, with a statement for many', async () => {
  const one = aProcess();
  expect(await admitted(times(200, () => one.take(key, 1)))).toBe(PER_MINUTE);
  expect(await one.take(key, 1)).toMatchObject({ isSpent: true, remaining: 0 });
});

test('a batch is counted as what is in it, all or nothing', async () => {
  const one = aProcess();
  expect(await admitted(times(10, () => one.take(key, 20)))).toBe(3);
});

test('the next minute begins with all of them', async () => {
  const one = aProcess();
  await admitted(times(80, () => one.take(key, 1)));
  await app.sql(`update api_key_calls set minute = minute - interval '1 minute' where api_key_id = ?`, [key.id]);
  expect(await aProcess().take(key, 1)).toMatchObject({ isSpent: false, remaining: PER_MINUTE - 1 });
});

const ask = (path = 'assets.list', query = 'input=%7B%7D') =>
  answerTrpc(
    app.container,
    new Request(`http://console.test/api/trpc/${path}?${query}`, { headers: { authorization: bearer } }),
  );
const batch = (calls: number) =>
  ask(times(calls, () => 'assets.list').join(encodeURIComponent(',')), 'batch=1&input=%7B%7D');

test('every answer says how much is left of what, and when it begins anew', async () => {
  const { headers } = await ask();
  expect(headers.get('ratelimit-policy')).toBe('"calls";q=60;w=60');
  const [, left, seconds] = /^"calls";r=(\d+);t=(\d+)$/.exec(headers.get('ratelimit') ?? '') ?? [];
  expect(left).toBe('59');
  expect(Number.parseInt(seconds ?? '', 10)).toBeLessThanOrEqual(60);
  expect((await batch(20)).headers.get('ratelimit')).toMatch(/^"calls";r=39;/);
});

test('what is too much is refused by name, with the time to wait', async () => {
  for (let at = 0; at < 3; at += 1) expect((await batch(20)).status).not.toBe(429);
  const response = await ask();
  const { error } = (await response.json()) as { error: { data: { domainCode: string } } };
  expect([response.status, error.data.domainCode]).toEqual([429, 'rate.limited']);
  expect(response.headers.get('ratelimit')).toMatch(/^"calls";r=0;t=\d+$/);
  expect(Number.parseInt(response.headers.get('retry-after') ?? '', 10)).toBeGreaterThan(0);
  const other = await app.withKey('read');
  bearer = `Bearer ${other.key}`;
  expect((await ask()).status).toBe(200);
});

test('a key that is cut off is in the record once a minute, with what was called and from where', async () => {
  for (let at = 0; at < 3; at += 1) await batch(20);
  for (let at = 0; at < 3; at += 1) {
    const response = await ask('assets.list,ledger.nothing', 'batch=1&input=%7B%7D');
    expect(await response.json()).toMatchObject([{ error: { data: { domainCode: 'rate.limited' } } }, {}]);
  }
  const rows = await app.sql(
    `select outcome, actor_id, request_id is not null as traced, after from audit_events
     where subject_id = ? and action = 'api_key.refused'`,
    [key.id],
  );
  const after = { because: 'rate.limited', called: ['assets.list'], limit: PER_MINUTE };
  expect(rows).toEqual([{ outcome: 'refused', actor_id: 'api', traced: true, after }]);
});

test('an answer to nobody, or to a person, says nothing of it', async () => {
  bearer = `Bearer csk_${newId()}`;
  expect((await ask()).headers.get('ratelimit')).toBeNull();
});
