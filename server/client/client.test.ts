import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CountersignError, createClient } from './index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Answer = () => Response;
const found: Answer = () => Response.json({ result: { data: [] } });
const noAnswer: Answer = () => {
  throw new TypeError('fetch failed');
};
const refused =
  (domainCode: string | null, httpStatus: number, headers: Record<string, string> = {}): Answer =>
  () => {
    const data = { code: 'X', httpStatus, domainCode, detail: {}, incidentId: null };
    return Response.json({ error: { message: 'no', code: -1, data } }, { status: httpStatus, headers });
  };
const page: Answer = () => new Response('<html>bad gateway</html>', { status: 502 });

/** A client whose server answers like this, one after the other, and what was sent to it. */
function clientOf(...answers: Answer[]) {
  const sent: string[] = [];
  const fetch = async (address: URL | RequestInfo, init?: RequestInit) => {
    sent.push([init?.method ?? 'GET', new URL(String(address)).pathname, init?.body ?? ''].join(' '));
    return (answers.shift() ?? noAnswer)();
  };
  return {
    client: createClient({ url: 'https://console.example', apiKey: 'csk_x', fetch: fetch as typeof globalThis.fetch }),
    sent,
  };
}
async function ending<T>(call: Promise<T>): Promise<T | CountersignError> {
  const settled = call.catch((error: unknown) => {
    if (error instanceof CountersignError) return error;
    throw error;
  });
  await vi.runAllTimersAsync();
  return settled;
}
const credit = { memberId: 'm', asset: 'LTC', amount: '1', reference: 'r', idempotencyKey: 'k' };
const look = { memberId: 'm' };

describe('what passes by itself is tried again', () => {
  test.each<[what: string, first: Answer]>([
    ['no answer', noAnswer],
    ['an answer that is not ours', page],
    ['too many calls', refused('rate.limited', 429, { 'retry-after': '7' })],
    ['a database that is away', refused('system.busy', 503, { 'retry-after': '1' })],
    ['nobody knows', refused('system.outcome_unknown', 503)],
  ])('%s: looking, and doing with an idempotency key, in the very same words', async (_what, first) => {
    const looking = clientOf(first, found);
    expect(await ending(looking.client.ledger.balances.query(look))).toEqual([]);
    const doing = clientOf(first, first, found);
    await ending(doing.client.ledger.credit.mutate(credit));
    expect(doing.sent).toHaveLength(3);
    expect(new Set(doing.sent)).toEqual(new Set([`POST /api/trpc/ledger.credit ${JSON.stringify(credit)}`]));
  });

  test('but never something that is done without an idempotency key', async () => {
    const { client, sent } = clientOf(noAnswer, found);
    const error = await ending(client.wallets.create.mutate({ memberId: 'm' }));
    expect(error).toMatchObject({ code: 'network', isOutcomeUnknown: true, data: null });
    expect(sent).toHaveLength(1);
  });

  test('not for ever', async () => {
    const { client, sent } = clientOf();
    expect(await ending(client.ledger.credit.mutate(credit))).toMatchObject({ code: 'network' });
    expect(sent).toHaveLength(4);
  });

  test('not where the server asks for a longer wait than the caller has', async () => {
    const { client, sent } = clientOf(refused('rate.limited', 429, { 'retry-after': '55' }), found);
    const error = await ending(client.ledger.balances.query(look));
    expect(error).toMatchObject({ code: 'rate.limited', retryAfterMs: 55_000 });
    expect(sent).toHaveLength(1);
  });

  test('after as long as the server says', async () => {
    const { client, sent } = clientOf(refused('rate.limited', 429, { 'retry-after': '7' }), found);
    const call = client.ledger.balances.query(look);
    await vi.advanceTimersByTimeAsync(6_900);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toHaveLength(2);
    await call;
  });
});

describe('a refusal', () => {
  test.each([
    ['ledger.insufficient_funds', 422, 'ledger.insufficient_funds'],
    ['auth.required', 401, 'auth.required'],
    ['provider.unreachable', 502, 'provider.unreachable'],
    ['of.a.newer.server', 409, 'unexpected'],
    [null, 500, 'unexpected'],
  ])('%j is final, and known by its code', async (domainCode, status, code) => {
    const { client, sent } = clientOf(refused(domainCode, status), found);
    const error = await ending(client.ledger.credit.mutate(credit));
    expect(error).toMatchObject({ code, isOutcomeUnknown: false, data: { domainCode } });
    expect(sent).toHaveLength(1);
  });
});

test('who has had enough is not kept waiting', async () => {
  const { client } = clientOf(noAnswer, found);
  const enough = new AbortController();
  const call = client.ledger.balances.query(look, { signal: enough.signal });
  const refusal = expect(call).rejects.toThrow('enough');
  await vi.advanceTimersByTimeAsync(1);
  enough.abort(new Error('enough'));
  await refusal;
});
