import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DomainError } from '#server/kernel/errors.ts';
import { Secret } from '#server/kernel/secret.ts';
import { httpReply, type RawServer, startRawServer } from '#server/simulators/index.ts';
import { HashDamClient } from './hashdam-client.ts';

const key = 'canary/"key"-4711';
const spellings = [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)];

let server: RawServer;
let reply = '';
beforeAll(async () => {
  server = await startRawServer({ onData: (socket) => socket.end(reply) });
});
afterAll(() => server.close());

const client = (): HashDamClient =>
  new HashDamClient({ endpoint: server.url, apiKey: new Secret(key), deadlineMs: 400, guard: () => undefined });

function expectSilence(value: unknown): void {
  const printed = [inspect(value, { depth: 20, showHidden: true }), JSON.stringify(value), String(value)].join('\n');
  for (const spelled of spellings) expect(printed).not.toContain(spelled);
}

describe('the API key', () => {
  test('is sent in its header', async () => {
    reply = httpReply(200, '{"code":1,"message":"Invalid API Key"}');
    await client().assetWithdrawRequest({ coin: 'LTC', amount: '1' });
    expect(server.received()).toContain(`X-HASHDAM-Key: ${key}\r\n`);
  });

  test.each([
    ['a refusal', JSON.stringify({ code: 1, message: `Wrong key ${key}` })],
    ['a page', `<html>${key}</html>`],
    ['a reply that breaks off', `{"code":1,"message":"${key.slice(0, 12)}`],
  ])('is not in the evidence of %s that repeats it', async (_what, body) => {
    reply = httpReply(200, body);
    const outcome = await client().assetWithdrawRequest({ coin: 'LTC', amount: '1' });
    expect(outcome.evidence.body).toContain('[hidden]');
    expectSilence(outcome);
  });

  test('is not in the error of a read', async () => {
    reply = httpReply(200, JSON.stringify({ code: 1, message: `Wrong key ${key}` }));
    const error = await client()
      .hashBalance()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DomainError);
    expectSilence(error);
    if (error instanceof Error) expectSilence([error.stack, error.cause]);
  });

  test('is not printed with the client', () => {
    expectSilence(client());
  });

  test('must be something a header can hold', () => {
    const options = { endpoint: server.url, apiKey: new Secret('with space'), guard: () => undefined };
    expect(() => new HashDamClient(options)).toThrow(TypeError);
  });
});

test.each(['ftp://pool/v1', 'pool', 'https://user:pass@pool/v1'])('an endpoint cannot be %s', (endpoint) => {
  const make = () => new HashDamClient({ endpoint, apiKey: new Secret('k'), guard: () => undefined });
  expect(make).toThrow(TypeError);
  expect(make).not.toThrow(/pass/);
});
