import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { peerHeader } from '#server/peer.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { anOperator, authPost, PASSWORD } from '#server/testing/sign-in.ts';

const WRONG = 'wrong horse battery';
let app: TestApplication;
let kim: { id: string; email: string };
beforeAll(async () => {
  app = await testApplication({ collected: false, environment: { TRUSTED_PROXIES: '10.0.0.0/8' } });
  kim = await anOperator(app, 'support');
});
afterAll(() => app.close());
beforeEach(() => app.sql('delete from operator_attempts'));

interface Sent {
  readonly email?: string;
  readonly password?: string;
  readonly peer?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
let nextStranger = 0;
/** An address that nobody has used. */
const elsewhere = () => `198.51.${Math.floor(nextStranger / 250)}.${(nextStranger++ % 250) + 1}`;

async function attempt({ email = kim.email, password = WRONG, peer = elsewhere(), headers = {} }: Sent = {}) {
  const body = { email, password };
  const response = await authPost(app, '/sign-in/email', { body, headers: { [peerHeader()]: peer, ...headers } });
  const reply = (await response.json()) as { code?: string; detail?: { retryAt?: string } };
  return { status: response.status, reply, headers: response.headers, cookies: response.headers.getSetCookie() };
}
async function statuses(tries: readonly (Sent | undefined)[]): Promise<number[]> {
  const found: number[] = [];
  for (const each of tries) found.push((await attempt(each)).status);
  return found;
}
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_each, at) => make(at));
/** As if each bucket had been tried as often before. Hashing is slow on purpose, so most of the ten are only written down. */
const triedBefore = (count: number) =>
  app.sql('update operator_attempts set tries = array_fill(now(), array[?::int])', [count]);
/** The first, ninth, tenth and eleventh try. */
async function ofEleven(make: (at: number) => Sent): Promise<number[]> {
  const [first] = await statuses([make(0)]);
  await triedBefore(8);
  return [first ?? 0, ...(await statuses([make(1), make(2), make(3)]))];
}
const TEN_AND_STOP = [401, 401, 401, 429];
const deviceIn = (cookies: readonly string[]) => cookies.find((line) => line.includes('.device='))?.split(';')[0] ?? '';

describe('after ten tries in a quarter of an hour nothing is tried any more', () => {
  test('for one account, wherever they come from, also with the right password', async () => {
    expect(await ofEleven(() => ({}))).toEqual(TEN_AND_STOP);
    const peer = elsewhere();
    expect((await attempt({ password: PASSWORD, peer })).status).toBe(429);
    const seen = await app.sql(`select after from audit_events where action = 'operator.sign_in_refused' and ip = ?`, [
      peer,
    ]);
    expect(seen).toEqual([{ after: { code: 'rate.limited', with: 'password', userAgent: null } }]);
  });

  test('for an account that is not there, in the same words', async () => {
    const email = 'nobody@example.test';
    expect(await ofEleven(() => ({ email }))).toEqual(TEN_AND_STOP);
    expect((await attempt({ email })).reply.code).toBe('rate.limited');
  });

  test('for one address, whatever accounts it names', async () => {
    const peer = elsewhere();
    expect(await ofEleven((at) => ({ peer, email: `a${at}@example.test` }))).toEqual(TEN_AND_STOP);
  });

  test('for one address that claims to be others', async () => {
    const peer = elsewhere();
    const forged = (at: number): Sent => ({
      peer,
      email: `b${at}@example.test`,
      headers: {
        'x-forwarded-for': `203.0.113.${at + 1}`,
        'x-real-ip': `203.0.113.${at + 1}`,
        forwarded: 'for=203.0.113.1',
      },
    });
    expect(await ofEleven(forged)).toEqual(TEN_AND_STOP);
  });

  test('for the addresses of one /64', async () => {
    const rotated = (at: number): Sent => ({ peer: `2001:db8:1:2:${at}:9::${at}`, email: `c${at}@example.test` });
    expect(await ofEleven(rotated)).toEqual(TEN_AND_STOP);
    expect((await attempt({ peer: '2001:db8:1:3::1', email: 'd@example.test' })).status).toBe(401);
  });

  test('for fifty at once', async () => {
    await attempt();
    await triedBefore(7);
    const all = await Promise.all(times(50, () => attempt()));
    expect(all.filter(({ status }) => status === 401)).toHaveLength(3);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(47);
  });
});

describe('behind a proxy that is configured', () => {
  test('the address it reports counts', async () => {
    const through = (client: string, at: number): Sent => ({
      peer: '10.0.0.5',
      email: `${client}-${at}@example.test`,
      headers: { 'x-forwarded-for': `192.0.2.200, ${client}` },
    });
    expect(await ofEleven((at) => through('203.0.113.50', at))).toEqual(TEN_AND_STOP);
    expect((await attempt(through('203.0.113.51', 0))).status).toBe(401);
  });
});

test('a quarter of an hour is any quarter of an hour: tries come back one by one', async () => {
  await attempt();
  await triedBefore(10);
  const back = (minutes: number) =>
    app.sql(
      'update operator_attempts set tries = (select array_agg(each - make_interval(mins => ?)) from unnest(tries) each)',
      [minutes],
    );
  await back(14);
  expect((await attempt()).status).toBe(429);
  await app.sql(`update operator_attempts set tries[1] = tries[1] - interval '2 minutes'`);
  expect(await statuses([{}, {}])).toEqual([401, 429]);
});

test('when to try again stands in the answer and in its headers', async () => {
  const { reply, headers } = await attempt()
    .then(() => statuses(times(10, () => ({}))))
    .then(() => attempt());
  const retryAt = Date.parse(reply.detail?.retryAt ?? '');
  expect(retryAt - Date.now()).toBeGreaterThan(14 * 60_000);
  expect(retryAt - Date.now()).toBeLessThanOrEqual(15 * 60_000 + 1_000);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(14 * 60);
});

describe('whoever guesses does not keep the owner out', () => {
  test('who signs in from a device of theirs, while the account is under attack', async () => {
    const home = elsewhere();
    const cookie = deviceIn((await attempt({ password: PASSWORD, peer: home })).cookies);
    await ofEleven(() => ({}));
    expect((await attempt({ password: PASSWORD })).status).toBe(429);
    expect((await attempt({ password: PASSWORD, peer: home, headers: { cookie } })).status).toBe(200);
  });

  test("but the device's tries are counted as well, and it is a device of nobody else", async () => {
    const lee = await anOperator(app, 'support');
    const cookie = deviceIn((await attempt({ password: PASSWORD })).cookies);
    expect(await ofEleven(() => ({ headers: { cookie } }))).toEqual(TEN_AND_STOP);
    await app.sql('delete from operator_attempts');
    expect(await ofEleven(() => ({ email: lee.email, headers: { cookie } }))).toEqual(TEN_AND_STOP);
    expect((await attempt({ email: lee.email, password: PASSWORD })).status).toBe(429);
  });

  test('half a sign-in makes no device known, nor does a cookie that somebody made up', async () => {
    const lee = await anOperator(app, 'finance');
    expect(deviceIn((await attempt({ email: lee.email, password: PASSWORD })).cookies)).toBe('');
    const cookie = `countersign.device=${'x'.repeat(43)}`;
    const { cookies } = await attempt({ password: PASSWORD, headers: { cookie } });
    expect(deviceIn(cookies)).not.toBe(cookie);
  });
});

test('what was right is not counted', async () => {
  const peer = elsewhere();
  await attempt({ peer });
  await triedBefore(9);
  expect(await statuses(times(3, () => ({ peer, password: PASSWORD })))).toEqual([200, 200, 200]);
  expect(await statuses([{ peer }, { peer }])).toEqual([401, 429]);
});

test('the answer to a sign-in holds no token, and where it came from is recorded', async () => {
  const peer = elsewhere();
  const { reply } = await attempt({ password: PASSWORD, peer, headers: { 'user-agent': 'Tests/1' } });
  expect(reply).toEqual({ state: 'none' });
  await attempt({ peer });
  const rows = await app.sql(
    `select action, actor_id, ip, after from audit_events
     where subject_id = ? and ip = ? and action <> 'operator.new_device' order by id`,
    [kim.id, peer],
  );
  // A wrong password is nobody's: whoever has it wrong is not known to be its owner.
  const [done, refused] = ['operator.signed_in', 'operator.sign_in_refused'];
  expect(rows).toEqual([
    { action: done, actor_id: kim.id, ip: peer, after: { with: 'password', userAgent: 'Tests/1' } },
    { action: refused, actor_id: 'anonymous', ip: peer, after: { with: 'password', userAgent: null } },
  ]);
});
