import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import { httpReply, type RawServer, startRawServer } from '#server/simulators/index.ts';
import { HashDamClient } from './hashdam-client.ts';

const blocked = { kind: 'blocked', scope: 'provider' };
const unknown = { kind: 'unknown' };
const again = { kind: 'rejected', retry: 'again' };
const never = { kind: 'rejected', retry: 'never' };
const accepted = { kind: 'accepted', value: { withdrawId: 'W1' } };

let server: RawServer;
let reply = '';
beforeAll(async () => {
  server = await startRawServer({ onData: (socket) => socket.end(reply) });
});
afterAll(() => server.close());

function client(): HashDamClient {
  return new HashDamClient({
    endpoint: server.url,
    apiKey: new Secret('key-1'),
    deadlineMs: 400,
    guard: () => undefined,
  });
}

function withdrawing(status: number, body: unknown) {
  reply = httpReply(status, typeof body === 'string' ? body : JSON.stringify(body));
  return client().assetWithdrawRequest({ coin: 'LTC', amount: '100' });
}

const refused = (message: unknown) => ({ code: 1, message });

describe('a refusal of the pool', () => {
  const listed = [
    ['1', 'Not Found API Key', blocked],
    ['2', 'Invalid API Key', blocked],
    ['3', 'Invalid access from an unauthorized IP Address', blocked],
    ['4', 'No API Permission', blocked],
    ['sample', 'Not found or Unsupported coin symbol', never],
  ] as const;

  test.each(listed)('row %s "%s"', async (_row, message, verdict) => {
    expect(await withdrawing(200, refused(message))).toMatchObject(verdict);
  });

  test.each(listed)('row %s "%s" counts for every instruction', async (_row, message, verdict) => {
    reply = httpReply(200, JSON.stringify(refused(message)));
    expect(await client().hashPowerSwap({ amount: '1' })).toMatchObject(verdict);
    expect(await client().hashCreditCharge({ amount: '1' })).toMatchObject(verdict);
  });

  test.each([
    'Insufficient balance',
    '',
    'invalid api key',
    'Invalid API Key.',
    ' Invalid API Key',
    'Error: Invalid API Key',
    'Invalid API Key\nbut it was sent',
    null,
    7,
  ])('with the unlisted text %j proves nothing', async (message) => {
    expect(await withdrawing(200, refused(message))).toMatchObject({ ...unknown, reason: 'unlisted_refusal' });
  });

  test('that names a withdrawal contradicts itself', async () => {
    const body = { ...refused('Invalid API Key'), data: { withdrawId: 'W1' } };
    expect(await withdrawing(200, body)).toMatchObject({ ...unknown, incident: 'refused_with_reference' });
  });
});

describe('a success', () => {
  test.each([
    ['complete', { withdrawId: 'W1', coin: 'LTC', amount: '100' }],
    ['with the amount written otherwise', { withdrawId: 'W1', coin: 'LTC', amount: '100.0' }],
    ['with numbers for texts', '{"code":0,"data":{"withdrawId":"W1","coin":"LTC","amount":100.00}}'],
    ['without a coin', { withdrawId: 'W1', amount: '100' }],
    ['without an amount', { withdrawId: 'W1', coin: 'LTC', amount: null }],
    ['with unknown fields', { withdrawId: 'W1', coin: 'LTC', amount: '100', memo: {} }],
  ])('%s is accepted', async (_how, data) => {
    expect(await withdrawing(200, typeof data === 'string' ? data : { code: 0, data })).toMatchObject(accepted);
  });

  test.each([
    ['another coin', { withdrawId: 'W1', coin: 'DOGE', amount: '100' }],
    ['another amount', { withdrawId: 'W1', coin: 'LTC', amount: '1000' }],
    ['an amount that differs in the 18th decimal', { withdrawId: 'W1', coin: 'LTC', amount: '100.000000000000000001' }],
  ])('about %s is unknown and an incident', async (_how, data) => {
    const outcome = await withdrawing(200, { code: 0, data });
    expect(outcome).toMatchObject({ ...unknown, incident: 'echo_mismatch', reason: 'echo_mismatch' });
  });

  test.each([
    ['no reference', { code: 0, data: { coin: 'LTC', amount: '100' } }, 'accepted_without_reference'],
    ['a null reference', { code: 0, data: { withdrawId: null } }, 'accepted_without_reference'],
    ['no data', { code: 0 }, 'accepted_without_reference'],
    ['null data', { code: 0, data: null }, 'accepted_without_reference'],
    ['an empty reference', { code: 0, data: { withdrawId: '' } }, 'unreadable_reply'],
    ['an amount that is none', { code: 0, data: { withdrawId: 'W1', amount: 'lots' } }, 'unreadable_reply'],
    ['data of another kind', { code: 0, data: [1] }, 'unreadable_reply'],
  ])('with %s is unknown', async (_what, body, reason) => {
    expect(await withdrawing(200, body)).toMatchObject({ ...unknown, reason });
  });
});

describe('the envelope decides, whatever the HTTP status', () => {
  test.each([201, 302, 400, 401, 404, 409, 429, 500, 503])('%i', async (status) => {
    const data = { withdrawId: 'W1', coin: 'LTC', amount: '100' };
    expect(await withdrawing(status, { code: 0, data })).toMatchObject(accepted);
    expect(await withdrawing(status, refused('Invalid API Key'))).toMatchObject(blocked);
  });

  test.each([401, 403, 429, 500])('%i with an unlisted refusal is unknown', async (status) => {
    expect(await withdrawing(status, refused('No way'))).toMatchObject({ ...unknown, reason: 'unlisted_refusal' });
  });
});

describe('without an envelope the HTTP status decides', () => {
  const bodies = [
    '',
    '<html>',
    '{"code":0',
    '[]',
    'null',
    '{}',
    '{"code":"0"}',
    '{"code":0.5}',
    '{"code":true}',
    '{"code":2}',
  ];

  test.each(bodies)('200 and %j is unknown', async (body) => {
    expect(await withdrawing(200, body)).toMatchObject({ ...unknown, reason: 'unreadable_reply' });
  });

  test.each([
    ...[401, 403, 404, 405, 413, 415].map((status) => [status, blocked] as const),
    ...[301, 307, 400, 408, 409, 422, 500, 502, 503, 504, 522].map((status) => [status, unknown] as const),
    [429, { ...again, retryAfterMs: 60_000 }] as const,
  ])('%i', async (status, verdict) => {
    expect(await withdrawing(status, '<html>no</html>')).toMatchObject(verdict);
  });

  test.each([{ code: 1 }, refused(''), refused(null)])('429 and a refusal without words %j', async (body) => {
    expect(await withdrawing(429, body)).toMatchObject({ ...again, reason: 'rate_limited' });
  });
});

describe('an order of ours that cannot be sent is final, and nobody is called', () => {
  test.each([
    ['LTC', '0'],
    ['LTC', '-1'],
    ['LTC', '1.50'],
    ['LTC', '01'],
    ['LTC', '1e3'],
    ['LTC', ''],
    ['', '1'],
    ['LTC/USD', '1'],
    ['LTC', '0.0000000000001'],
  ])('%j %j', async (coin, amount) => {
    const before = server.connections();
    const outcome = await client().assetWithdrawRequest({ coin, amount });
    expect(outcome).toMatchObject({ ...never, evidence: { bytesWritten: false } });
    expect(server.connections()).toBe(before);
  });
});
