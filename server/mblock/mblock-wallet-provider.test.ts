import { afterAll, beforeAll, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type MBlockSimulator, startMBlockSimulator } from '#server/simulators/index.ts';
import { MBlockClient } from './mblock-client.ts';
import { MBlockWalletProvider } from './mblock-wallet-provider.ts';

const USDT = '0x55d398326f99059fF775485246999027B3197955';
const TO = '0x52908400098527886E0F7030069857D2E4169EE7';
const ASSET = `BSC:${USDT}`;

let chain: MBlockSimulator;
beforeAll(async () => {
  chain = await startMBlockSimulator({ settleAfterMs: 60_000 });
});
afterAll(() => chain.close());

function provider(): MBlockWalletProvider {
  const options = { endpoint: chain.url, apiKey: new Secret(chain.apiKey), deadlineMs: 1000, guard: () => undefined };
  const feeWalletKey = new Secret(chain.control.feeWallet().walletKey);
  const transit = { fee: '0.001', feeWalletKey, delay: 5, count: 12 };
  return new MBlockWalletProvider({ client: new MBlockClient(options), transit });
}

async function wallet() {
  const created = await provider().createWallet();
  if (created.kind !== 'accepted') throw new Error(created.reason);
  chain.control.setBalance({ address: created.value.address, contract: USDT, amount: '40' });
  chain.control.setBalance({ address: created.value.address, contract: null, amount: '1' });
  return created.value;
}

test('a wallet is made, read and sent from', async () => {
  const { address, walletKey } = await wallet();
  const amount = Amount.parse(ASSET, '40');
  expect(await provider().readBalance({ address, contract: USDT })).toBe('40');
  const outcome = await provider().transfer({ walletKey, to: TO, amount, contract: USDT });
  if (outcome.kind !== 'accepted') throw new Error(outcome.reason);
  const receipt = await provider().readReceipt({ txid: outcome.value.txid, contract: USDT });
  expect(receipt).toEqual({ from: address, to: TO, amount: '40' });
});

test('a transit carries its settings and its own callback', async () => {
  const { walletKey } = await wallet();
  const callbackUrl = new Secret('http://127.0.0.1:1/cb');
  const order = { walletKey, to: TO, amount: Amount.parse(ASSET, '1'), contract: USDT, callbackUrl };
  expect((await provider().transit(order)).kind).toBe('accepted');
});

test('nothing of an amount is never sent', async () => {
  const { walletKey } = await wallet();
  const order = { walletKey, to: TO, amount: Amount.zero(ASSET), contract: USDT };
  const refused = { kind: 'rejected', retry: 'never', evidence: { bytesWritten: false } };
  expect(await provider().transfer(order)).toMatchObject(refused);
  expect(await provider().transit({ ...order, callbackUrl: new Secret('http://127.0.0.1:1/cb') })).toMatchObject(
    refused,
  );
});

test('an order held back is not sent', async () => {
  const { walletKey } = await wallet();
  const beforeFirstByte = () => {
    throw new Error('frozen');
  };
  const order = { walletKey, to: TO, amount: Amount.parse(ASSET, '1'), contract: USDT, beforeFirstByte };
  expect(await provider().transfer(order)).toMatchObject({ kind: 'rejected', retry: 'again', reason: 'held_back' });
});

test('a rotated key comes back as a secret', async () => {
  const { walletKey } = await wallet();
  const rotated = await provider().rotateKey({ walletKey });
  expect(rotated.kind === 'accepted' && rotated.value.walletKey.reveal()).toMatch(/^wk_/);
});
