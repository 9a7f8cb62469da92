import type http from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FaultName, type MBlockSimulator, startMBlockSimulator } from './index.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

const USDT = '0x55d398326f99059fF775485246999027B3197955';
const TO = '0x52908400098527886E0F7030069857D2E4169EE7';

let chain: MBlockSimulator;
let listener: LoopbackServer;
let callbacks: { path: string; body: unknown }[];
beforeEach(async () => {
  callbacks = [];
  chain = await startMBlockSimulator({ settleAfterMs: 5 });
  listener = await startLoopbackServer(0, ({ path, body }, response: http.ServerResponse) => {
    callbacks.push({ path, body });
    response.end();
  });
});
afterEach(async () => {
  await chain.close();
  await listener.close();
});

async function call(method: string, args: object = {}) {
  const headers = { 'X-MBLOCK-Key': chain.apiKey };
  const reply = await fetch(chain.url, { method: 'POST', headers, body: JSON.stringify({ method, ...args }) });
  return reply.json();
}

async function transit(options: { bnb: string; fault?: FaultName; amount?: string }) {
  const { address, walletKey } = await call('requestWallet');
  chain.control.setBalance({ address, contract: USDT, amount: '30' });
  chain.control.setBalance({ address, contract: null, amount: options.bnb });
  if (options.fault) chain.control.fault({ method: 'transitByWalletKey', fault: options.fault, delayMs: 20 });
  const feeWalletKey = chain.control.feeWallet().walletKey;
  const config = { fee: 0.001, feeWalletKey, delay: 1, count: 3, callback: `${listener.url}/cb/secret` };
  const { amount } = options;
  const { token } = await call('transitByWalletKey', { walletKey, contract: USDT, to: TO, amount, config });
  return { address, token };
}

const steps = () =>
  chain
    .journal()
    .slice(1)
    .map(({ step, asset, amount }) => [step, asset, amount]);

describe('a transit', () => {
  test('is of a token: BNB pays the gas', async () => {
    const { walletKey, address } = await call('requestWallet');
    chain.control.setBalance({ address, contract: null, amount: '1' });
    const config = { fee: 0.001, feeWalletKey: walletKey, delay: 1, count: 3, callback: `${listener.url}/cb/secret` };
    expect(await call('transitByWalletKey', { walletKey, contract: null, to: TO, amount: '0.5', config })).toEqual({
      result: false,
      message: 'Contract address is incorrect',
    });
  });

  test('funds the gas where it is missing, moves the tokens and calls back', async () => {
    const { token, address } = await transit({ bnb: '0', amount: '12' });
    await expect.poll(() => callbacks).toHaveLength(1);
    const hash = expect.stringMatching(/^0x[0-9a-f]{64}$/);
    expect(callbacks).toEqual([{ path: '/cb/secret', body: { result: true, token, txidFee: hash, txidToken: hash } }]);
    expect(steps()).toEqual([
      ['requested', USDT, '12'],
      ['gas', 'BNB', '0.001'],
      ['executed', USDT, '12'],
    ]);
    expect(await call('balanceOf', { address, contract: USDT })).toMatchObject({ amount: '18' });
    expect(await call('balanceOf', { address: TO, contract: USDT })).toMatchObject({ amount: '12' });
  });

  test('needs no gas where there is some, and takes all without an amount', async () => {
    await transit({ bnb: '1' });
    await expect.poll(() => callbacks).toHaveLength(1);
    expect(callbacks).toMatchObject([{ body: { result: true, txidFee: null } }]);
    expect(steps()).toEqual([
      ['requested', USDT, '30'],
      ['executed', USDT, '30'],
    ]);
  });

  test.each([
    ['callback_late', 1, true],
    ['callback_twice', 2, true],
    ['callback_refused', 1, false],
    ['callback_partial', 1, false],
  ] as const)('reports by %s', async (fault, times, result) => {
    await transit({ bnb: '0', fault });
    await expect.poll(() => callbacks).toHaveLength(times);
    expect(callbacks).toMatchObject(Array(times).fill({ body: { result } }));
  });

  test('reports nothing by callback_none, but is carried out', async () => {
    await transit({ bnb: '1', fault: 'callback_none' });
    await expect.poll(() => steps()).toHaveLength(2);
    expect(callbacks).toEqual([]);
  });

  test('spends the gas and moves no tokens by callback_partial', async () => {
    await transit({ bnb: '0', fault: 'callback_partial' });
    await expect.poll(() => callbacks).toMatchObject([{ body: { txidFee: expect.any(String), txidToken: null } }]);
    expect(steps().map(([step]) => step)).toEqual(['requested', 'gas']);
  });

  test('is not carried out after the simulator is closed', async () => {
    await transit({ bnb: '1' });
    await chain.close();
    expect(steps()).toHaveLength(1);
  });

  test('is carried out at once when told to', async () => {
    chain.control.setBalance({ address: TO, contract: USDT, amount: '0' });
    const { token } = await transit({ bnb: '1' });
    chain.control.settle({ reference: token });
    chain.control.settle();
    expect(steps()).toHaveLength(2);
  });
});

test('a receipt can fall out of the chain and come back', async () => {
  const { address, walletKey } = await call('requestWallet');
  chain.control.setBalance({ address, contract: USDT, amount: '30' });
  chain.control.setBalance({ address, contract: null, amount: '1' });
  const { txid } = await call('transferByWalletKey', { walletKey, to: TO, amount: '1', contract: USDT });
  const receipt = () => call('receiptByHash', { txid, contract: USDT });
  chain.control.hideReceipt({ txid });
  expect(await receipt()).toEqual({ result: false, message: 'Transaction receipt not found' });
  chain.control.hideReceipt({ txid, hidden: false });
  expect(await receipt()).toMatchObject({ result: true, amount: '1' });
});
