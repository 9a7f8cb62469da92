import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { USDT, type WalletBench, walletBench } from '#server/testing/wallet-bench.ts';

const TO = '0x52908400098527886E0F7030069857D2E4169EE7';
const TOKEN = `BSC:${USDT}`;
const BY = { type: 'system', id: 'test' } as const;
const callbackUrl = new Secret('http://127.0.0.1:1/callback');

let bench: WalletBench;
beforeEach(async () => {
  bench = await walletBench();
});
afterEach(() => bench.close());

/** A wallet with 40 tokens, and BNB for the gas. */
async function fundedWallet(): Promise<{ id: string; address: string }> {
  const { id, address } = await bench.creation.createWallet({ memberId: 'm1' }, BY);
  if (!address) throw new Error('no address');
  bench.chain.control.setBalance({ address, contract: USDT, amount: '40' });
  bench.chain.control.setBalance({ address, contract: null, amount: '1' });
  return { id, address };
}

const anOrder = (walletId: string, amount = '12.5', asset = TOKEN) => ({
  attemptId: newId(),
  walletId,
  to: TO,
  amount: Amount.parse(asset, amount),
});
const moved = () => bench.chain.journal().filter(({ method }) => method !== 'requestWallet');
const logged = async (walletId: string) =>
  (await bench.service.transactions({ walletId, cursor: null, limit: 10 })).rows;

describe('wallet flow', () => {
  test('a wallet is created, read, sent from and logged', async () => {
    const { id, address } = await fundedWallet();
    expect(await bench.service.get(id)).toMatchObject({ id, memberId: 'm1', address, status: 'active' });
    expect(await bench.service.balance({ walletId: id, asset: TOKEN })).toMatchObject({ walletId: id, amount: '40' });

    const order = anOrder(id);
    const outcome = await bench.service.transfer(order);
    await bench.service.logTransfer(order, outcome);
    const txid = outcome.kind === 'accepted' ? outcome.value.txid : null;
    expect(moved()).toMatchObject([
      { step: 'executed', asset: USDT, amount: '12.5', from: address, to: TO, reference: txid },
    ]);
    expect(await logged(id)).toMatchObject([
      { kind: 'transfer', status: 'submitted', amount: '12.5', to: TO, txid, error: null },
    ]);
    expect(await bench.service.balance({ walletId: id, asset: TOKEN })).toMatchObject({ amount: '27.5' });
  });

  test('the coin of the chain is sent without a contract, a token never as the coin', async () => {
    const { id } = await fundedWallet();
    await bench.service.transfer(anOrder(id, '0.25', 'BSC:BNB'));
    await bench.service.transfer(anOrder(id, '0.25'));
    expect(moved()).toMatchObject([{ asset: 'BNB' }, { asset: USDT }]);
  });

  test('a transit always names its amount, and waits for its callback', async () => {
    const { id } = await fundedWallet();
    const order = anOrder(id, '3');
    const outcome = await bench.service.transit({ ...order, callbackUrl });
    await bench.service.logTransit(order, outcome);
    expect(moved()).toMatchObject([{ step: 'requested', asset: USDT, amount: '3', to: TO }]);
    expect(await logged(id)).toMatchObject([{ kind: 'transit', status: 'pending-transit', txid: null }]);
  });

  test('a transit of nothing is refused before it is sent: it never becomes a transit of everything', async () => {
    const { id } = await fundedWallet();
    const outcome = await bench.service.transit({ ...anOrder(id, '0'), callbackUrl });
    expect(outcome).toMatchObject({ kind: 'rejected', retry: 'never', evidence: { bytesWritten: false } });
    expect(moved()).toEqual([]);
  });

  test('the list shows wallets without their keys', async () => {
    const { id } = await fundedWallet();
    const { rows } = await bench.service.list({ filter: {}, cursor: null, limit: 10 });
    expect(rows.map((row) => Object.keys(row))).toEqual([
      ['id', 'memberId', 'address', 'status', 'pauseReason', 'createdAt'],
    ]);
    expect(rows[0]?.id).toBe(id);
  });
});

describe('a failed transfer is logged as failed', () => {
  test.each([
    ['refused for good', { fault: 'rejected', message: 'Contract address is incorrect' }, 'failed'],
    ['without funds', { fault: 'rejected', message: 'Not enough balance' }, 'retrying'],
    ['refused for our key', { fault: 'rejected', message: 'Invalid API Key' }, 'retrying'],
    ['lost after it was sent', { fault: 'drop_after' }, 'manual-review'],
    ['answered too late', { fault: 'hang_after' }, 'manual-review'],
    ['answered in nonsense', { fault: 'garbage' }, 'manual-review'],
    ['refused with words nobody knows', { fault: 'rejected', message: 'Mercury is in retrograde' }, 'manual-review'],
  ] as const)('%s: %o is %s', async (_what, fault, status) => {
    const { id } = await fundedWallet();
    bench.chain.control.fault({ method: 'transferByWalletKey', ...fault });
    const order = anOrder(id);
    const outcome = await bench.service.transfer(order);
    await bench.service.logTransfer(order, outcome);
    expect(await logged(id)).toMatchObject([{ status, txid: null, error: expect.any(String) }]);
  });

  test('a transit that fails is logged in the same words', async () => {
    const { id } = await fundedWallet();
    bench.chain.control.fault({ method: 'transitByWalletKey', fault: 'drop_after' });
    const order = anOrder(id);
    await bench.service.logTransit(order, await bench.service.transit({ ...order, callbackUrl }));
    expect(await logged(id)).toMatchObject([{ kind: 'transit', status: 'manual-review', txid: null }]);
  });
});

describe('a wallet that cannot be used', () => {
  test('is refused by name when it is not there', async () => {
    await expect(bench.service.get(newId())).rejects.toMatchObject({ code: 'wallet.not_found' });
    await expect(bench.service.transfer(anOrder(newId()))).rejects.toMatchObject({ code: 'wallet.not_found' });
  });

  test.each(['creating', 'paused'] as const)('is refused while it is %s, and nothing is sent', async (status) => {
    const { id } = await fundedWallet();
    const wallet = await bench.repository.findWallet(id);
    if (wallet) await bench.repository.saveWallet({ ...wallet, status });
    const refused = { code: 'wallet.not_active', detail: { id, status } };
    await expect(bench.service.transfer(anOrder(id))).rejects.toMatchObject(refused);
    await expect(bench.service.transit({ ...anOrder(id), callbackUrl })).rejects.toMatchObject(refused);
    const looking = bench.service.balance({ walletId: id, asset: TOKEN });
    if (status === 'creating') await expect(looking).rejects.toMatchObject(refused);
    else await expect(looking).resolves.toMatchObject({ walletId: id });
    expect(moved()).toEqual([]);
  });

  test('never sends an asset that is not in the registry', async () => {
    const { id } = await fundedWallet();
    await expect(bench.service.transfer(anOrder(id, '1', 'BSC:OTHER'))).rejects.toMatchObject({
      code: 'asset.unknown',
    });
    expect(moved()).toEqual([]);
  });

  test('does not open with the key of another wallet', async () => {
    const [mine, other] = [await fundedWallet(), await fundedWallet()];
    const wallet = await bench.repository.findWallet(mine.id);
    const foreign = await bench.repository.findWallet(other.id);
    if (wallet && foreign) await bench.repository.saveWallet({ ...wallet, sealedKey: foreign.sealedKey });
    await expect(bench.service.transfer(anOrder(mine.id))).rejects.toThrow();
    expect(moved()).toEqual([]);
  });
});

test.each(['drop_before', 'status', 'garbage'] as const)(
  'a balance that cannot be read (%s) says so',
  async (fault) => {
    const { id } = await fundedWallet();
    bench.chain.control.fault({ method: 'balanceOf', fault });
    await expect(bench.service.balance({ walletId: id, asset: TOKEN })).rejects.toMatchObject({
      code: 'provider.unreachable',
    });
  },
);

test('no outcome, no log row and no view shows the wallet key', async () => {
  const { id } = await fundedWallet();
  const wallet = await bench.repository.findWallet(id);
  const key = bench.cipher.open(wallet?.sealedKey ?? '', id).reveal();
  bench.chain.control.fault({ method: 'transferByWalletKey', fault: 'rejected', message: `Invalid Wallet Key ${key}` });
  const order = anOrder(id);
  const outcomes = [await bench.service.transfer(order), await bench.service.transfer(anOrder(id, '1'))];
  for (const outcome of outcomes) await bench.service.logTransfer(order, outcome);
  const shown = [outcomes, await logged(id), await bench.service.get(id), wallet, bench.service];
  expect(inspect(shown, { depth: 20, showHidden: true }) + JSON.stringify(shown)).not.toContain(key);
});
