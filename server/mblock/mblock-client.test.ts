import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isChainAddress } from '#server/config/chain-address.ts';
import { Secret } from '#server/kernel/secret.ts';
import type { ProviderDrift } from '#server/provider-transport/index.ts';
import {
  alwaysReplies,
  httpReply,
  type MBlockSimulator,
  startMBlockSimulator,
  startRawServer,
} from '#server/simulators/index.ts';
import { MBlockClient } from './mblock-client.ts';

const USDT = '0x55d398326f99059fF775485246999027B3197955';
const TO = '0x52908400098527886E0F7030069857D2E4169EE7';

let chain: MBlockSimulator;
const drifts: ProviderDrift[] = [];
beforeAll(async () => {
  chain = await startMBlockSimulator({ settleAfterMs: 60_000 });
});
beforeEach(() => chain.control.reset());
afterAll(() => chain.close());

function client(deadlineMs = 1000): MBlockClient {
  const onDrift = (drift: ProviderDrift) => void drifts.push(drift);
  const apiKey = new Secret(chain.apiKey);
  return new MBlockClient({ endpoint: chain.url, apiKey, deadlineMs, guard: () => undefined, onDrift });
}

async function fundedWallet() {
  const created = await client().requestWallet();
  if (created.kind !== 'accepted') throw new Error(created.reason);
  const { address, walletKey } = created.value;
  chain.control.setBalance({ address, contract: USDT, amount: '100' });
  chain.control.setBalance({ address, contract: null, amount: '1' });
  return { address, walletKey };
}

describe('each method', () => {
  test('requestWallet gives an address with its checksum', async () => {
    const { address } = await fundedWallet();
    expect(isChainAddress(address)).toBe(true);
    expect(address).not.toBe(address.toLowerCase());
  });

  test('balanceOf tells token and BNB apart', async () => {
    const { address } = await fundedWallet();
    expect(await client().balanceOf({ address, contract: USDT })).toBe('100');
    expect(await client().balanceOf({ address, contract: null })).toBe('1');
  });

  test('transferByWalletKey and receiptByHash', async () => {
    const { address, walletKey } = await fundedWallet();
    const outcome = await client().transferByWalletKey({ walletKey, to: TO, amount: '12.5', contract: USDT });
    if (outcome.kind !== 'accepted') throw new Error(outcome.reason);
    const { txid } = outcome.value;
    expect(await client().receiptByHash({ txid, contract: USDT })).toEqual({ from: address, to: TO, amount: '12.5' });
    expect(await client().receiptByHash({ txid, contract: null })).toBeNull();
    expect(await client().balanceOf({ address, contract: USDT })).toBe('87.5');
    expect(await client().balanceOf({ address, contract: null })).toBe('0.999937');
  });

  test('refreshWallet kills the old key at once', async () => {
    const { walletKey } = await fundedWallet();
    const refreshed = await client().refreshWallet({ walletKey });
    if (refreshed.kind !== 'accepted') throw new Error(refreshed.reason);
    const order = { to: TO, amount: '1', contract: USDT };
    expect(await client().transferByWalletKey({ ...order, walletKey })).toMatchObject({ reason: 'key_refused' });
    const again = await client().transferByWalletKey({ ...order, walletKey: refreshed.value.walletKey });
    expect(again.kind).toBe('accepted');
  });

  test('transitConfig reads, stores and clears', async () => {
    const feeWalletKey = new Secret(chain.control.feeWallet().walletKey);
    const callback = new Secret('http://127.0.0.1:1/cb');
    const config = { fee: '0.000000000000000123', feeWalletKey, delay: 5, count: 12, callback };
    expect(await client().transitConfig(config)).toMatchObject({ fee: config.fee, delay: 5, count: 12 });
    expect((await client().transitConfig())?.callback?.reveal()).toBe('http://127.0.0.1:1/cb');
    expect(await client().transitConfig('clear')).toMatchObject({ fee: null, callback: null });
  });

  test('transitByWalletKey is refused until its configuration is whole', async () => {
    const { walletKey } = await fundedWallet();
    const callback = new Secret('http://127.0.0.1:1/cb');
    const config = { fee: '0.001', feeWalletKey: new Secret('nobody'), delay: 5, count: 12, callback };
    const order = { walletKey, to: TO, amount: '1', contract: USDT, config };
    expect(await client().transitByWalletKey(order)).toMatchObject({ kind: 'blocked', scope: 'provider' });
    const feeWalletKey = new Secret(chain.control.feeWallet().walletKey);
    const accepted = await client().transitByWalletKey({ ...order, config: { ...config, feeWalletKey } });
    expect(accepted.kind).toBe('accepted');
  });

  test('none of them meets a field it does not know', () => {
    expect(drifts).toEqual([]);
  });
});

describe('what is sent', () => {
  async function sentBy(call: (asking: MBlockClient) => Promise<unknown>): Promise<string> {
    const server = await startRawServer(alwaysReplies(httpReply(200, '{"result":false,"message":"no"}')));
    const options = { endpoint: server.url, apiKey: new Secret('k'), deadlineMs: 400, guard: () => undefined };
    await call(new MBlockClient(options)).catch(() => undefined);
    await server.close();
    return server.received().split('\r\n\r\n')[1] ?? '';
  }
  const walletKey = new Secret('wk');

  test('always names the contract, null for BNB', async () => {
    const balance = await sentBy((asking) => asking.balanceOf({ address: TO, contract: null }));
    expect(balance).toBe(`{"method":"balanceOf","address":"${TO}","contract":null}`);
    const receipt = await sentBy((asking) => asking.receiptByHash({ txid: '0x1', contract: null }));
    expect(receipt).toBe('{"method":"receiptByHash","txid":"0x1","contract":null}');
    const order = { walletKey, to: TO, amount: '0.5', contract: null };
    const transfer = await sentBy((asking) => asking.transferByWalletKey(order));
    expect(transfer).toBe(
      `{"method":"transferByWalletKey","walletKey":"wk","to":"${TO}","amount":"0.5","contract":null}`,
    );
  });

  test('holds the gas fee of a transit as a number, digit for digit', async () => {
    const config = {
      fee: '0.100000000000000001',
      feeWalletKey: new Secret('fk'),
      delay: 5,
      count: 3,
      callback: new Secret('cb'),
    };
    const order = { walletKey, to: TO, amount: '7', contract: USDT, config };
    expect(await sentBy((asking) => asking.transitByWalletKey(order))).toBe(
      `{"method":"transitByWalletKey","walletKey":"wk","contract":"${USDT}","to":"${TO}","amount":"7",` +
        '"config":{"fee":0.100000000000000001,"feeWalletKey":"fk","delay":5,"count":3,"callback":"cb"}}',
    );
  });
});

describe('a transfer that goes wrong on the way', () => {
  test.each([
    ['drop_before', 0],
    ['drop_after', 1],
    ['hang_after', 1],
    ['status', 0],
    ['garbage', 1],
    ['truncated', 1],
    ['redirect', 0],
    ['no_reference', 1],
  ] as const)('by %s is unknown', async (fault, executed) => {
    const { walletKey } = await fundedWallet();
    chain.control.fault({ method: 'transferByWalletKey', fault });
    const outcome = await client(45).transferByWalletKey({ walletKey, to: TO, amount: '1', contract: USDT });
    expect(outcome.kind).toBe('unknown');
    expect(chain.journal().filter(({ method }) => method === 'transferByWalletKey')).toHaveLength(executed);
  });
});
