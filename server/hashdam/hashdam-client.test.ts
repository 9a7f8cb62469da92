import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import type { ProviderDrift } from '#server/provider-transport/index.ts';
import { type HashDamSimulator, startHashDamSimulator } from '#server/simulators/index.ts';
import { HashDamClient } from './hashdam-client.ts';

const clock = { now: () => new Date('2025-08-15T09:30:00.000Z') };
const COINS = ['LTC', 'DOGE', 'BELLS', 'LKY', 'PEP', 'JKC', 'DINGO', 'SHIC'];
const decimal = expect.stringMatching(/^\d+(\.\d+)?$/);

let pool: HashDamSimulator;
const drifts: ProviderDrift[] = [];
beforeAll(async () => {
  pool = await startHashDamSimulator({ clock, settleAfterMs: 1000 });
});
beforeEach(() => pool.control.reset());
afterAll(() => pool.close());

function client(options: { guard?: () => void; deadlineMs?: number } = {}): HashDamClient {
  return new HashDamClient({
    endpoint: pool.url,
    apiKey: new Secret(pool.apiKey),
    deadlineMs: options.deadlineMs ?? 1000,
    guard: options.guard ?? (() => undefined),
    onDrift: (drift) => drifts.push(drift),
  });
}

describe('each method', () => {
  test('projectInfo', async () => {
    expect(await client().projectInfo()).toMatchObject({ coinExAccount: 'treasury@platform.example' });
  });

  test('hashBalance', async () => {
    expect(await client().hashBalance()).toEqual({ date: '2025-08-15', credit: '50000', power: '8348.6' });
  });

  test('hashRateDaily', async () => {
    expect(await client().hashRateDaily()).toMatchObject({ date: '2025-08-14', hashRate: decimal, reject: decimal });
    expect(await client().hashRateDaily({ date: '2025-08-01' })).toMatchObject({ date: '2025-08-01' });
  });

  test('hashRateRecently and hashRateRecentlyMega', async () => {
    const all = { hashRate24h: decimal, hashRate1h: decimal, hashRate10m: decimal, timestamp: '1755250200000' };
    expect(await client().hashRateRecently()).toMatchObject(all);
    expect(await client().hashRateRecentlyMega()).toMatchObject(all);
  });

  test('profitDaily and profitDailyMega', async () => {
    const daily = await client().profitDaily();
    expect(daily.date).toBe('2025-08-14');
    expect(Object.keys(daily.profit)).toEqual(COINS);
    expect(daily.profit.LTC).toEqual({ total: decimal, price: decimal });
    expect(await client().profitDailyMega({ date: '2025-08-02' })).toMatchObject({ date: '2025-08-02' });
  });

  test('assetBalance', async () => {
    const { date, asset } = await client().assetBalance();
    expect(date).toBe('2025-08-14');
    expect(asset?.PEP).toEqual({ balance: decimal, available: decimal, locked: '0' });
  });

  test('assetWithdrawRequest and assetWithdrawHistory', async () => {
    const outcome = await client().assetWithdrawRequest({ coin: 'LTC', amount: '1.25' });
    expect(outcome).toMatchObject({
      kind: 'accepted',
      evidence: { httpStatus: 200, bytesWritten: true, provider: 'hashdam' },
    });
    const { rows, pagination } = await client().assetWithdrawHistory({ coin: 'LTC' });
    expect(rows).toMatchObject([{ coin: 'LTC', amount: '1.25', fee: '0.001', type: 'interUser', status: 'pending' }]);
    expect(pagination).toEqual({ totalPage: 1, total: 1, currentPage: 1, count: 1, hasNext: false });
  });

  test('hashPowerSwap and hashPowerSwapHistory', async () => {
    const outcome = await client().hashPowerSwap({ amount: '100' });
    expect(outcome).toMatchObject({ kind: 'accepted', value: { amount: '100', credit: '49900', power: '8448.6' } });
    expect((await client().hashPowerSwapHistory()).rows).toMatchObject([{ amount: '100', status: 'pending' }]);
  });

  test('hashCreditCharge and hashCreditChargeHistory', async () => {
    const outcome = await client().hashCreditCharge({ amount: '250', from: '0xabc' });
    expect(outcome).toMatchObject({ kind: 'accepted', value: { amount: '250', coin: 'USDT' } });
    expect((await client().hashCreditChargeHistory()).rows).toMatchObject([{ amount: '250', from: '0xabc' }]);
  });

  test('none of them meets a field it does not know', () => {
    expect(drifts).toEqual([]);
  });
});

describe('a payout that goes wrong on the way', () => {
  const unknown = { kind: 'unknown' };
  const again = { kind: 'rejected', retry: 'again' };
  test.each([
    ['drop_before', unknown, 0],
    ['drop_after', unknown, 1],
    ['hang_before', unknown, 0],
    ['hang_after', unknown, 1],
    ['status', unknown, 0],
    ['rate_limited', again, 0],
    ['garbage', unknown, 1],
    ['truncated', unknown, 1],
    ['redirect', unknown, 0],
    ['no_reference', unknown, 1],
    ['other_amount', { ...unknown, incident: 'echo_mismatch' }, 1],
    ['rejected', unknown, 0],
  ] as const)('by %s', async (fault, outcome, executed) => {
    pool.control.fault({ method: 'assetWithdrawRequest', fault, delayMs: 500 });
    expect(await client({ deadlineMs: 45 }).assetWithdrawRequest({ coin: 'DOGE', amount: '10' })).toMatchObject(
      outcome,
    );
    expect(pool.journal()).toHaveLength(executed);
  });

  test('is not accepted late: the reply comes after the deadline', async () => {
    pool.control.fault({ method: '*', fault: 'late', delayMs: 5000 });
    const outcome = await client({ deadlineMs: 45 }).assetWithdrawRequest({ coin: 'DOGE', amount: '10' });
    expect(outcome).toMatchObject({ ...unknown, reason: 'no_reply_in_time', evidence: { bytesWritten: true } });
  });

  test('is not sent when its time is over', async () => {
    const beforeFirstByte = () => {
      throw new Error('send_by has passed');
    };
    const outcome = await client().assetWithdrawRequest({ coin: 'DOGE', amount: '10', beforeFirstByte });
    expect(outcome).toMatchObject({ ...again, reason: 'held_back', evidence: { bytesWritten: false } });
    expect(pool.journal()).toEqual([]);
  });
});

describe('a read', () => {
  test('that the pool refuses is provider.rejected', async () => {
    pool.control.fault({ method: 'hashBalance', fault: 'rejected', message: 'No API Permission' });
    const detail = { provider: 'hashdam', method: 'hashBalance', reason: 'method_not_permitted', httpStatus: 200 };
    await expect(client().hashBalance()).rejects.toMatchObject({ code: 'provider.rejected', detail });
  });

  test.each(['drop_before', 'hang_before', 'status', 'garbage', 'truncated', 'redirect', 'rate_limited'] as const)(
    'that fails by %s is provider.unreachable',
    async (fault) => {
      pool.control.fault({ method: 'hashBalance', fault });
      await expect(client({ deadlineMs: 45 }).hashBalance()).rejects.toMatchObject({ code: 'provider.unreachable' });
    },
  );

  test('tells how far the clocks are apart', async () => {
    const asking = client();
    expect(asking.clockOffsetMs).toBeNull();
    await asking.hashBalance();
    expect(Math.abs(asking.clockOffsetMs ?? 1e9)).toBeLessThan(5000);
  });
});

test('no call is made while the guard objects', async () => {
  const guard = () => {
    throw new Error('a transaction is open');
  };
  await expect(client({ guard }).hashBalance()).rejects.toThrow('a transaction is open');
  await expect(client({ guard }).assetWithdrawRequest({ coin: 'LTC', amount: '1' })).rejects.toThrow('transaction');
  expect(pool.journal()).toEqual([]);
});
