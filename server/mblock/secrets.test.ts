import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import { httpReply, type RawServer, startRawServer } from '#server/simulators/index.ts';
import { MBlockClient } from './mblock-client.ts';

const canaries = [
  'canary-api',
  'canary/wallet"key',
  'canary-fee',
  'https://us.example/canary-callback',
  'canary-new-key',
];
const [apiKey = '', walletKey = '', feeWalletKey = '', callback = '', newKey = ''] = canaries;
const TO = '0x52908400098527886E0F7030069857D2E4169EE7';
const order = {
  walletKey: new Secret(walletKey),
  to: TO,
  amount: '1',
  contract: '0x55d398326f99059fF775485246999027B3197955',
  config: { fee: '0.001', feeWalletKey: new Secret(feeWalletKey), delay: 5, count: 3, callback: new Secret(callback) },
};

let server: RawServer;
let reply = '';
beforeAll(async () => {
  server = await startRawServer({ onData: (socket) => socket.end(reply) });
});
afterAll(() => server.close());

function answering(body: string): MBlockClient {
  reply = httpReply(200, body);
  return new MBlockClient({
    endpoint: server.url,
    apiKey: new Secret(apiKey),
    deadlineMs: 400,
    guard: () => undefined,
  });
}

function expectSilence(value: unknown): void {
  const cause = value instanceof Error ? [value.stack, value.cause] : [];
  const printed = [value, ...cause].flatMap((part) => [
    inspect(part, { depth: 20, showHidden: true }),
    JSON.stringify(part) ?? '',
    String(part),
  ]);
  for (const canary of canaries.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])) {
    expect(printed.join('\n')).not.toContain(canary);
  }
}

const echo = JSON.stringify({ result: false, message: canaries.join(' ') }).replace(` ${newKey}`, '');

describe('keys and callback are in no outcome', () => {
  test('of a transfer or transit whose refusal repeats them', async () => {
    const outcome = await answering(echo).transitByWalletKey(order);
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect(outcome.evidence.body).toContain('[hidden]');
    expectSilence(outcome);
    expect(server.received()).toContain(JSON.stringify(walletKey));
  });

  test.each([
    ['a new wallet', JSON.stringify({ result: true, address: TO, walletKey: newKey }), 'accepted'],
    ['a wallet without address', JSON.stringify({ result: true, walletKey: newKey }), 'unknown'],
    ['a key under another name', JSON.stringify({ result: true, address: TO, key: newKey }), 'unknown'],
    ['a reply that breaks off', `{"result":true,"walletKey":"${newKey}`, 'unknown'],
  ])('of %s', async (_what, body, kind) => {
    const created = await answering(body).requestWallet();
    expect(created.kind).toBe(kind);
    expectSilence(created);
    expectSilence(await answering(body).refreshWallet(order));
  });

  test('of a refused wallet, whose text people still read', async () => {
    const outcome = await answering('{"result":false,"message":"No wallets left"}').requestWallet();
    expect(outcome.evidence.body).toContain('No wallets left');
  });

  test('of a stored configuration', async () => {
    const stored = { fee: 0.001, feeWalletKey, delay: 5, count: 3, callback };
    const config = await answering(JSON.stringify({ result: true, config: stored })).transitConfig();
    expect(config?.feeWalletKey?.reveal()).toBe(feeWalletKey);
    expectSilence(config);
    const broken = answering(JSON.stringify({ result: true, config: { ...stored, fee: 'some' } })).transitConfig(
      order.config,
    );
    expectSilence(await broken.catch((error: unknown) => error));
  });
});

test('a new key can be used, and only revealed', async () => {
  const outcome = await answering(JSON.stringify({ result: true, walletKey: newKey })).refreshWallet(order);
  expect(outcome.kind === 'accepted' && outcome.value.walletKey.reveal()).toBe(newKey);
});
