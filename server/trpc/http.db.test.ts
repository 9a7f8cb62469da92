import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '#server/kernel/ids.ts';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { aMember } from '#server/testing/members.ts';
import { anOperator, signIn } from '#server/testing/sign-in.ts';
import { platformOf } from '#server/testing/withdrawals.ts';
import { answerTrpc } from './http.ts';

const BASE = 'http://console.test/api/trpc';
let app: TestApplication;
let bearer = '';
beforeAll(async () => {
  app = await testApplication();
  bearer = `Bearer ${(await platformOf(app)).key}`;
});
afterAll(() => app.close());

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly key?: boolean;
}

async function call(path: string, { method = 'POST', headers = {}, body, key = true }: Sent = {}) {
  const all = { 'content-type': 'application/json', ...(key ? { authorization: bearer } : {}), ...headers };
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  const request = new Request(`${BASE}/${path}`, {
    method,
    headers: all,
    ...(method === 'POST' ? { body: text } : {}),
  });
  const response = await answerTrpc(app.container, request);
  const reply = (await response.json().catch(() => null)) as Reply | Reply[] | null;
  return { status: response.status, cache: response.headers.get('cache-control'), reply };
}
interface Reply {
  readonly result?: { data: unknown };
  readonly error?: { message: string; code: number; data: Record<string, unknown> };
}
const domainCode = (reply: unknown): unknown => (reply as Reply | null)?.error?.data['domainCode'];
const credit = (changes: object = {}) => ({
  memberId: aMember(),
  asset: 'LTC',
  amount: '1',
  reference: newId(),
  idempotencyKey: newId(),
  ...changes,
});
const query = (input: unknown) => `input=${encodeURIComponent(JSON.stringify(input))}`;

describe('every answer is for the one who asked', () => {
  test.each<[string, string, Sent]>([
    ['a reply', 'ledger.credit', { body: credit() }],
    ['a refusal', 'ledger.credit', { body: {} }],
    ['nobody', 'ledger.credit', { key: false, headers: { origin: 'http://localhost:3000' } }],
    ['a wrong form', 'ledger.credit', { headers: { 'content-type': 'text/plain' } }],
    ['too much', 'ledger.credit', { body: 'x'.repeat(70_000) }],
    ['no such procedure', 'ledger.steal', { body: {} }],
  ])('%s', async (_what, path, sent) => {
    expect((await call(path, sent)).cache).toBe('private, no-store');
  });
});

describe('what is looked at before anything is parsed', () => {
  test('64 KiB pass, one byte more is too large, whatever its header says', async () => {
    const padded = (bytes: number) => {
      const body = JSON.stringify(credit({ amount: 'x' }));
      return body + ' '.repeat(bytes - body.length);
    };
    expect((await call('ledger.credit', { body: padded(65_536) })).status).toBe(400);
    const { status, reply } = await call('ledger.credit', { body: padded(65_537) });
    expect([status, domainCode(reply)]).toEqual([413, 'input.too_large']);
    const lying = await call('ledger.credit', { body: padded(90_000), headers: { 'content-length': '10' } });
    expect(lying.status).toBe(413);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'a body that calls itself %j is refused',
    async (type) => {
      const { status, reply } = await call('ledger.credit', { body: credit(), headers: { 'content-type': type } });
      expect([status, domainCode(reply)]).toEqual([415, 'input.invalid']);
    },
  );

  test.each(['application/json; charset=utf-8', 'application/json'])('%s is taken', async (type) => {
    expect((await call('ledger.credit', { body: credit(), headers: { 'content-type': type } })).status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ['none', {}],
    ['a foreign one', { origin: 'https://evil.example' }],
    ['null', { origin: 'null' }],
    ['one that only begins like ours', { origin: 'http://localhost:3000.evil.example' }],
    ['ours, but the browser says cross-site', { origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' }],
  ])('a change by cookie with an Origin that is %s is refused', async (_what, headers) => {
    const { status, reply } = await call('withdrawals.reject', { key: false, headers: { cookie: 'a=b', ...headers } });
    expect([status, domainCode(reply)]).toEqual([403, 'auth.forbidden']);
  });

  test('with our own Origin it gets as far as the question who is asking', async () => {
    const { appUrl } = app.container.config;
    const { status, reply } = await call('withdrawals.reject', { key: false, headers: { origin: appUrl } });
    expect([status, domainCode(reply)]).toEqual([401, 'auth.required']);
  });

  test.each(['Bearer nonsense', 'Basic eDp5', `Bearer csk_${'A'.repeat(43)}`])(
    'an authorization of %j is nobody',
    async (authorization) => {
      const { status, reply } = await call('ledger.credit', { body: credit(), headers: { authorization } });
      expect([status, domainCode(reply)]).toEqual([401, 'auth.required']);
      expect(JSON.stringify(reply)).toContain('this API key is not in force');
    },
  );

  test('an authorization that is empty is none: a cookie beside it counts as one, and must come from the console', async () => {
    const headers = { authorization: '', cookie: 'a=b' };
    const { status, reply } = await call('withdrawals.reject', { key: false, headers });
    expect([status, domainCode(reply)]).toEqual([403, 'auth.forbidden']);
  });
});

describe('what is refused at the door is in the record, with who is behind it', () => {
  const recorded = (path: string) =>
    app.sql<{ actor: string; code: string }>(
      `select actor_id as actor, after->>'code' as code from audit_events
       where action = ? and outcome = 'refused' order by at desc limit 1`,
      [path],
    );

  test('a change that another page sends with a cookie, which keeps no session alive', async () => {
    const person = await anOperator(app);
    const { cookie } = await signIn(app, person);
    const seen = () =>
      app.sql('select last_seen_at from operator_sessions where operator_id = ? order by last_seen_at', [person.id]);
    await app.sql(`update operator_sessions set last_seen_at = last_seen_at - interval '5 minutes'`);
    const before = await seen();
    const headers = { cookie, origin: 'https://evil.example' };
    expect((await call('withdrawals.cancel', { key: false, headers })).status).toBe(403);
    expect(await recorded('withdrawals.cancel')).toEqual([{ actor: person.id, code: 'auth.forbidden' }]);
    expect(before).toHaveLength(1);
    expect(await seen()).toEqual(before);
  });

  test.each<[string, Sent, string]>([
    ['of another form', { headers: { 'content-type': 'text/plain' } }, 'input.invalid'],
    ['that is too large', { body: 'x'.repeat(70_000) }, 'input.too_large'],
  ])('a body %s', async (_what, sent, code) => {
    await call('ledger.credit', sent);
    expect(await recorded('ledger.credit')).toMatchObject([{ code }]);
  });

  test.each([
    'withdrawals%2Ehold',
    '/withdrawals.hold/',
    'x,withdrawals.hold?batch=1',
    'assets.list%2Cwithdrawals.hold?batch=1',
  ])('also when it is named as %s', async (path) => {
    const [before] = await app.sql<{ n: number }>(
      `select count(*)::int as n from audit_events where action = 'withdrawals.hold'`,
    );
    await call(path, { headers: { 'content-type': 'text/plain' } });
    const [after] = await app.sql<{ n: number }>(
      `select count(*)::int as n from audit_events where action = 'withdrawals.hold'`,
    );
    expect((after?.n ?? 0) - (before?.n ?? 0)).toBe(1);
  });

  test('a name that is none of ours is not', async () => {
    await call('ledger.steal', { body: 'x'.repeat(70_000) });
    expect(await recorded('ledger.steal')).toEqual([]);
  });
});

describe('a change', () => {
  test('is never made by GET', async () => {
    const body = credit();
    const { status } = await call(`ledger.credit?${query(body)}`, { method: 'GET' });
    expect(status).toBe(405);
    expect(await app.sql('select 1 from ledger_accounts where member_id = ?', [body.memberId])).toEqual([]);
  });

  test.each(['PUT', 'PATCH', 'DELETE'])('is never made by %s', async (method) => {
    expect((await call(`ledger.credit?${query(credit())}`, { method })).status).toBeGreaterThanOrEqual(400);
  });

  test('with a body that is not JSON is refused with a code of ours', async () => {
    const { status, reply } = await call('ledger.credit', { body: '{"amount":' });
    expect([status, domainCode(reply)]).toEqual([400, 'input.invalid']);
  });
});

describe('a batch', () => {
  const batch = (paths: readonly string[], inputs: readonly unknown[], comma = ',') =>
    call(`${paths.join(comma)}?batch=1`, { body: Object.fromEntries(inputs.entries()) });
  const many = (count: number) => Array.from({ length: count }, () => 'ledger.credit');

  test.each([',', '%2C', '%2c'])(
    'of 20 is answered, of 21 refused, however the comma is written: %s',
    async (comma) => {
      const { reply } = await batch(many(20), [], comma);
      expect(reply).toHaveLength(20);
      const refused = await batch(many(21), [credit()], comma);
      expect(refused.status).toBe(400);
      expect(JSON.stringify(refused.reply)).toContain('"domainCode":"input.invalid"');
    },
  );

  test('runs its calls side by side, each in a session of its own: one that fails takes no other with it', async () => {
    const good = credit();
    const paths = ['ledger.credit', 'withdrawals.request', 'ledger.credit'];
    const { reply } = await batch(paths, [good, { ...good, memberId: aMember() }, credit({ asset: 'NOCOIN' })]);
    const replies = reply as Reply[];
    expect(replies.map((each) => domainCode(each) ?? 'done')).toEqual([
      'done',
      'ledger.insufficient_funds',
      'asset.unknown',
    ]);
    const { caller } = await platformOf(app);
    expect(await caller.ledger.balances({ memberId: good.memberId })).toMatchObject([{ available: '1' }]);
  });

  test('may not mix questions and changes', async () => {
    expect((await batch(['ledger.credit', 'ledger.totals'], [credit(), {}])).status).toBe(400);
  });
});

describe('what nobody foresaw', () => {
  test('while finding out who asks says no more than anything else unforeseen', async () => {
    vi.spyOn(app.container.sessions, 'withoutTransaction').mockRejectedValue(
      new Error('connect ECONNREFUSED 10.1.2.3:5432'),
    );
    const { status, reply } = await call('ledger.credit', { body: credit() });
    expect(status).toBe(500);
    expect(JSON.stringify(reply)).not.toContain('10.1.2.3');
    expect(reply).toMatchObject({
      error: { message: 'something unexpected happened', data: { incidentId: expect.any(String), domainCode: null } },
    });
  });

  test('an answer holds no stack, in no environment', async () => {
    const { reply } = await call('ledger.credit', { body: {} });
    expect(Object.keys((reply as Reply).error?.data ?? {}).toSorted()).toEqual([
      'code',
      'detail',
      'domainCode',
      'httpStatus',
      'incidentId',
      'path',
    ]);
  });
});

test('the same key and body brings the same bytes, at once and side by side', async () => {
  const body = credit();
  const raw = async () => {
    const headers = { 'content-type': 'application/json', authorization: bearer };
    const request = new Request(`${BASE}/ledger.credit`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answerTrpc(app.container, request)).text();
  };
  const replies = await Promise.all([raw(), raw(), raw(), raw()]);
  replies.push(await raw());
  expect(new Set(replies).size).toBe(1);
});
