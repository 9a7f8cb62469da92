import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { Secret } from '#server/kernel/secret.ts';
import type { ProviderDrift } from '#server/provider-transport/index.ts';
import { type HashDamSimulator, startHashDamSimulator, type WithdrawRow } from '#server/simulators/index.ts';
import { HashDamClient } from './hashdam-client.ts';
import { HashDamMiningPool } from './hashdam-mining-pool.ts';

const now = '2025-08-15T09:30:00.000Z';
const query = { asset: 'LTC', fromDay: '2025-08-14', toDay: '2025-08-16' };

let simulator: HashDamSimulator;
let drifts: ProviderDrift[];
beforeAll(async () => {
  simulator = await startHashDamSimulator({ clock: { now: () => new Date(now) } });
});
beforeEach(() => {
  simulator.control.reset();
  drifts = [];
});
afterAll(() => simulator.close());

function pool(): HashDamMiningPool {
  const apiKey = new Secret(simulator.apiKey);
  const onDrift = (drift: ProviderDrift) => void drifts.push(drift);
  const client = new HashDamClient({
    endpoint: simulator.url,
    apiKey,
    deadlineMs: 2000,
    guard: () => undefined,
    onDrift,
  });
  return new HashDamMiningPool({ client });
}

function row(fields: Partial<WithdrawRow>): WithdrawRow {
  return {
    withdrawId: 'W9',
    coin: 'LTC',
    amount: '5',
    fee: '0',
    address: null,
    type: 'interUser',
    status: 'completed',
    createAt: Date.parse(now),
    ...fields,
  };
}

describe('the pool in mining’s words', () => {
  test('tells its project, power, rate, yield and balances', async () => {
    expect(await pool().readProject()).toEqual({ name: 'Simulated project', account: 'treasury@platform.example' });
    expect(await pool().readHashBalance()).toEqual({ day: '2025-08-15', credit: '50000', power: '8348.6' });
    expect(await pool().readHashRate()).toMatchObject({ at: now });
    expect((await pool().readDailyProfit()).day).toBe('2025-08-14');
    expect((await pool().readDailyProfit('2025-08-03')).coins).toHaveLength(8);
    expect((await pool().readAssetBalances()).coins[0]).toMatchObject({ asset: 'LTC', locked: '0' });
  });

  test('has no yield of a day that is not over', async () => {
    await expect(pool().readDailyProfit('2025-08-15')).rejects.toMatchObject({ code: 'provider.rejected' });
  });

  test('takes a withdrawal and lists it', async () => {
    const outcome = await pool().requestWithdrawal({ amount: Amount.parse('LTC', '1.5') });
    if (outcome.kind !== 'accepted') throw new Error(outcome.reason);
    const { reference } = outcome.value;
    expect(await pool().readWithdrawals({ ...query, reference })).toEqual([
      {
        reference,
        asset: 'LTC',
        amount: '1.5',
        fee: '0.001',
        address: 'treasury@platform.example',
        type: 'interUser',
        status: 'moving',
        rawStatus: 'pending',
        message: null,
        createdAt: now,
      },
    ]);
  });

  test.each(['0', '-1'])('does not take %s', async (text) => {
    const outcome = await pool().requestWithdrawal({ amount: Amount.fromDecimal('LTC', text) });
    expect(outcome).toMatchObject({ kind: 'rejected', retry: 'never' });
  });

  test.each([
    ['pending', 'moving', 0],
    ['completed', 'completed', 0],
    ['failed', 'failed', 0],
    ['canceled', 'failed', 0],
    ['under review', 'unknown', 1],
    ['COMPLETED', 'unknown', 1],
  ])('reads the status %s as %s', async (rawStatus, status, drifted) => {
    simulator.control.addHistoryRow(row({ status: rawStatus }));
    expect(await pool().readWithdrawals(query)).toMatchObject([{ status, rawStatus }]);
    expect(drifts).toHaveLength(drifted);
  });

  test.each([1_755_250_200, null])('takes the time %s for none, and counts it', async (createAt) => {
    simulator.control.addHistoryRow(row({ createAt }));
    const rows = await pool().readWithdrawals({ ...query, fromDay: '1970-01-01' });
    expect(rows).toMatchObject([{ createdAt: null }]);
    expect(drifts).toMatchObject([{ kind: 'unreadable_field', path: 'data[].createAt' }]);
  });
});

describe('a withdrawal history', () => {
  test('is read to its last page, oldest first', async () => {
    for (let at = 0; at < 2001; at += 1) {
      simulator.control.addHistoryRow(row({ withdrawId: `W${at}`, createAt: Date.parse(now) + at }));
    }
    const rows = await pool().readWithdrawals(query);
    expect(rows).toHaveLength(2001);
    expect(rows[0]?.reference).toBe('W0');
    expect(rows[2000]?.reference).toBe('W2000');
  });

  test('holds the days asked for, both included', async () => {
    for (const day of ['13', '14', '16', '17']) {
      simulator.control.addHistoryRow(row({ withdrawId: day, createAt: Date.parse(`2025-08-${day}T23:59:59.999Z`) }));
    }
    expect((await pool().readWithdrawals(query)).map(({ reference }) => reference)).toEqual(['14', '16']);
  });

  test('keeps rows that share an id', async () => {
    simulator.control.addHistoryRow(row({ amount: '5' }));
    simulator.control.addHistoryRow(row({ amount: '6' }));
    expect(await pool().readWithdrawals({ ...query, reference: 'W9' })).toHaveLength(2);
  });
});
