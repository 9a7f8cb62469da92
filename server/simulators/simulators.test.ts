import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type HashDamSimulatorOptions, startHashDamSimulator, startMBlockSimulator } from './index.ts';

const running: { close(): Promise<void> }[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function hashdam(options: HashDamSimulatorOptions = {}) {
  const simulator = await startHashDamSimulator(options);
  running.push(simulator);
  return simulator;
}

async function mblock(options: Parameters<typeof startMBlockSimulator>[0] = {}) {
  const simulator = await startMBlockSimulator(options);
  running.push(simulator);
  return simulator;
}

function stateFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'simulator-'));
  folders.push(folder);
  return folder;
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'manual' });
  return JSON.parse(await response.text());
}

const call = (pool: { url: string; apiKey: string }, method: string, args: object = {}) =>
  post(pool.url, { method, ...args }, { 'X-HASHDAM-Key': pool.apiKey, 'X-MBLOCK-Key': pool.apiKey });

function setClock(start: string) {
  let now = new Date(start);
  const set = (text: string): void => {
    now = new Date(text);
  };
  return { now: () => now, set };
}

describe('a simulator', () => {
  test('listens on the loopback address only', async () => {
    expect((await hashdam()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    expect((await mblock()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/bsc$/);
  });

  test('wants its key', async () => {
    const pool = await hashdam();
    expect(await post(pool.url, { method: 'hashBalance' })).toEqual({ code: 1, message: 'Not Found API Key' });
    const wrong = await post(pool.url, { method: 'hashBalance' }, { 'X-HASHDAM-Key': 'other' });
    expect(wrong).toEqual({ code: 1, message: 'Invalid API Key' });
  });

  test('is controlled over HTTP without a key', async () => {
    const pool = await hashdam();
    const control = new URL('/control/', pool.url);
    const order = { method: 'hashBalance', fault: 'rejected', message: 'Not today', times: 2 };
    expect(await post(`${control}faults`, order)).toEqual({ ok: true });
    for (const message of ['Not today', 'Not today', undefined]) {
      expect((await call(pool, 'hashBalance')).message).toBe(message);
    }
    expect(await post(`${control}faults`, { fault: 'no such' })).toMatchObject({ ok: false });
    expect(await post(`${control}balances`, { coin: 'LTC', amount: '3' })).toEqual({ ok: true });
    await call(pool, 'assetWithdrawRequest', { coin: 'LTC', amount: '2' });
    expect(await post(`${control}settle`, {})).toEqual({ ok: true });
    const journal = await (await fetch(`${control}journal`)).json();
    expect(journal.entries).toMatchObject([{ seq: 1, method: 'assetWithdrawRequest', asset: 'LTC', amount: '2' }]);
    expect(pool.control.withdrawals()).toMatchObject([{ status: 'completed' }]);
    await post(`${control}reset`, {});
    expect(pool.journal()).toEqual([]);
  });

  test('makes the same faults of the same seed', async () => {
    const plan = { seed: 7, probabilities: { rejected: 0.3, rate_limited: 0.2 }, methods: ['hashBalance'] };
    const runs = await Promise.all(
      [plan, plan, { ...plan, seed: 8 }].map(async (given) => {
        const pool = await hashdam({ plan: given });
        const seen: number[] = [];
        for (let at = 0; at < 40; at += 1) {
          const headers = { 'X-HASHDAM-Key': pool.apiKey };
          const reply = await fetch(pool.url, { method: 'POST', headers, body: '{"method":"hashBalance"}' });
          seen.push(reply.status === 200 ? (await reply.json()).code : reply.status);
        }
        return seen;
      }),
    );
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).not.toEqual(runs[2]);
    expect(new Set(runs[0])).toEqual(new Set([0, 1, 429]));
  });

  test('closes while a caller hangs and a reply is late', async () => {
    const pool = await hashdam();
    pool.control.fault({ method: '*', fault: 'hang_after' });
    pool.control.fault({ method: '*', fault: 'late', delayMs: 60_000 });
    const hanging = [call(pool, 'hashBalance'), call(pool, 'hashBalance')].map((reply) =>
      expect(reply).rejects.toThrow(),
    );
    await expect.poll(() => call(pool, 'hashBalance'), { timeout: 500 }).toMatchObject({ code: 0 });
    await pool.close();
    await Promise.all(hanging);
  });
});

describe('after a restart', () => {
  test('the pool still knows what it paid and what it holds', async () => {
    const folder = stateFolder();
    const first = await hashdam({ stateFolder: folder });
    await call(first, 'assetWithdrawRequest', { coin: 'LTC', amount: '2' });
    first.control.settle({ status: 'failed' });
    await first.close();
    const second = await hashdam({ stateFolder: folder });
    expect(second.journal()).toEqual(first.journal());
    expect(second.control.withdrawals()).toMatchObject([{ coin: 'LTC', amount: '2', status: 'failed' }]);
  });

  test('a line that a kill cut short never happened', async () => {
    const folder = stateFolder();
    const first = await hashdam({ stateFolder: folder });
    await call(first, 'assetWithdrawRequest', { coin: 'LTC', amount: '2' });
    await first.close();
    writeFileSync(path.join(folder, 'hashdam.jsonl'), '{"type":"withdr', { flag: 'a' });
    const second = await hashdam({ stateFolder: folder });
    expect(second.journal()).toHaveLength(1);
    await call(second, 'assetWithdrawRequest', { coin: 'LTC', amount: '1' });
    await second.close();
    expect((await hashdam({ stateFolder: folder })).journal()).toHaveLength(2);
  });

  test('the chain still knows its wallets, keys and transactions', async () => {
    const folder = stateFolder();
    const first = await mblock({ stateFolder: folder });
    const { address, walletKey } = await call(first, 'requestWallet');
    first.control.setBalance({ address, contract: null, amount: '5' });
    const { txid } = await call(first, 'transferByWalletKey', { walletKey, to: address, amount: '1', contract: null });
    await first.close();
    const second = await mblock({ stateFolder: folder });
    expect(second.journal()).toMatchObject([{ reference: address }, { reference: txid }]);
    expect(second.control.feeWallet()).toEqual(first.control.feeWallet());
    expect(await call(second, 'balanceOf', { address })).toEqual({ result: true, amount: '4.999937' });
  });
});

describe('the pool', () => {
  test('gives a day its data from 00:00 UTC of the next', async () => {
    const clock = setClock('2025-08-15T23:59:59.999Z');
    const pool = await hashdam({ clock });
    expect(await call(pool, 'profitDaily', { date: '2025-08-15' })).toMatchObject({ code: 1 });
    clock.set('2025-08-16T00:00:00.000Z');
    const opened = await call(pool, 'profitDaily', { date: '2025-08-15' });
    expect(opened).toMatchObject({ code: 0, data: { date: '2025-08-15' } });
    clock.set('2025-08-20T12:00:00.000Z');
    expect(await call(pool, 'profitDaily', { date: '2025-08-15' })).toEqual(opened);
  });

  test('has no figures of a day before it was opened', async () => {
    const pool = await hashdam({ clock: setClock('2025-08-15T12:00:00.000Z') });
    expect(await call(pool, 'profitDaily', { date: '2025-07-16' })).toMatchObject({ code: 0 });
    expect(await call(pool, 'profitDaily', { date: '2025-07-15' })).toMatchObject({ code: 1 });
  });

  test('keeps to what it said of a day, whatever becomes of a payment afterwards', async () => {
    const clock = setClock('2025-08-15T23:59:59.000Z');
    const pool = await hashdam({ clock, settleAfterMs: 3_000 });
    const { data } = await call(pool, 'assetWithdrawRequest', { coin: 'LTC', amount: '4' });
    clock.set('2025-08-16T00:00:00.000Z');
    const atFirst = await call(pool, 'assetBalance');
    expect(atFirst.data.asset.LTC.locked).toBe('4.001');
    clock.set('2025-08-16T00:05:00.000Z');
    expect(await call(pool, 'assetBalance')).toEqual(atFirst);
    pool.control.settle({ reference: data.withdrawId, status: 'failed' });
    expect(await call(pool, 'assetBalance')).toEqual(atFirst);
    clock.set('2025-08-17T00:00:00.000Z');
    expect((await call(pool, 'assetBalance')).data.asset.LTC.locked).toBe('0');
  });

  test('balances its days: stock, yield, payout and fee', async () => {
    const clock = setClock('2025-08-15T12:00:00.000Z');
    const pool = await hashdam({ clock });
    pool.control.setBalance({ coin: 'LTC', amount: '10' });
    await call(pool, 'assetWithdrawRequest', { coin: 'LTC', amount: '4' });
    clock.set('2025-08-16T00:00:00.000Z');
    const { data } = await call(pool, 'profitDaily', { date: '2025-08-15' });
    const { data: assets } = await call(pool, 'assetBalance');
    const yielded = BigInt(data.profit.LTC.total.replace('0.', '').padEnd(12, '0'));
    expect(assets.date).toBe('2025-08-15');
    const held = 10_000_000_000_000n - 4_001_000_000_000n + yielded;
    expect(assets.asset.LTC.balance).toBe(
      `${held / 10n ** 12n}.${(held % 10n ** 12n).toString().padStart(12, '0').replace(/0+$/, '')}`,
    );
  });

  test('settles a payout after its while, and refuses what it does not hold', async () => {
    const clock = setClock('2025-08-15T12:00:00.000Z');
    const pool = await hashdam({ clock, settleAfterMs: 3000 });
    await call(pool, 'assetWithdrawRequest', { coin: 'LTC', amount: '1' });
    clock.set('2025-08-15T12:00:02.999Z');
    expect(pool.control.withdrawals()).toMatchObject([{ status: 'pending' }]);
    clock.set('2025-08-15T12:00:03.000Z');
    expect(pool.control.withdrawals()).toMatchObject([{ status: 'completed' }]);
    const more = await call(pool, 'assetWithdrawRequest', { coin: 'LTC', amount: '1000' });
    expect(more).toEqual({ code: 1, message: 'Insufficient balance' });
    expect(await call(pool, 'assetWithdrawRequest', { coin: 'XYZ', amount: '1' })).toMatchObject({ code: 1 });
  });

  test('pages its lists, newest first unless asked otherwise', async () => {
    const pool = await hashdam();
    for (const amount of ['1', '2', '3']) await call(pool, 'assetWithdrawRequest', { coin: 'LTC', amount });
    const amounts = async (args: object) => {
      const { data } = await call(pool, 'assetWithdrawHistory', args);
      return data.map((row: { amount: string }) => row.amount);
    };
    expect(await amounts({})).toEqual(['3', '2', '1']);
    expect(await amounts({ sort: false, limit: 2 })).toEqual(['1', '2']);
    expect(await amounts({ sort: false, limit: 2, page: 2 })).toEqual(['3']);
  });
});
