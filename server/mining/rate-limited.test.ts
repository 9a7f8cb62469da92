import { afterEach, describe, expect, test } from 'vitest';
import { HashDamClient, HashDamMiningPool } from '#server/hashdam/index.ts';
import { Amount } from '#server/kernel/amount.ts';
import { systemClock } from '#server/kernel/clock.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type HashDamSimulator, startHashDamSimulator } from '#server/simulators/index.ts';
import { FakeClock } from '#server/testing/fake-clock.ts';
import { MemoryMiningRepository } from './mining.repository.memory.ts';
import { MiningService, type WithdrawalOrder } from './mining.service.ts';
import type { MiningPool } from './pool.port.ts';
import { despiteRateLimit } from './rate-limited.ts';

let hashdam: HashDamSimulator;
let mining: MiningService;
afterEach(() => hashdam.close());

/** A pool whose clock is ahead of ours by so much. */
async function aPool(aheadMs = 0): Promise<void> {
  const clock = new FakeClock();
  clock.pass(aheadMs);
  hashdam = await startHashDamSimulator({ clock });
  const apiKey = new Secret(hashdam.apiKey);
  const client = new HashDamClient({ endpoint: hashdam.url, apiKey, deadlineMs: 1_000, guard: () => undefined });
  const pool = new HashDamMiningPool({ client });
  mining = new MiningService({ mining: new MemoryMiningRepository(), pool, clock: systemClock });
}

const at = new Date(Date.now() - 3_600_000);
const NOTHING_BEFORE = { references: [], newest: null };
const W1_BEFORE = { references: ['W1'], newest: at.toISOString() };
/** A row of the same amount that is no payment of this order. */
const listed = (createAt: number | null, withdrawId = 'W1') =>
  hashdam.control.addHistoryRow({
    ...{ withdrawId, coin: 'LTC', amount: '0.50', fee: '0', address: null, type: 'interUser', status: 'completed' },
    createAt,
  });

const sent = (before: WithdrawalOrder['before'], executes = false) => {
  hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'rate_limited', executes });
  const order = { withdrawalId: newId(), attemptId: newId(), attemptNo: 1, amount: Amount.parse('LTC', '0.5'), before };
  return mining.requestWithdrawal(order);
};
const again = { kind: 'rejected', retry: 'again' };
const unknown = { kind: 'unknown', reason: 'rate_limited_but_may_have_run' };

describe('too many requests did not run and may be tried again', () => {
  test.each([NOTHING_BEFORE, null])('where the whole list has no such row; before: %j', async (before) => {
    await aPool();
    expect(await sent(before)).toMatchObject(again);
  });

  test('where the only such row was there before', async () => {
    await aPool();
    listed(at.getTime());
    expect(await sent(W1_BEFORE)).toMatchObject(again);
  });
});

describe('too many requests may have run', () => {
  test.each([null, -2 * 86_400_000, 2 * 86_400_000])(
    'where the pool’s clock is %j ms ahead: the days that are asked for need not hold it',
    async (offsetMs) => {
      await aPool();
      const outcome = await sent(NOTHING_BEFORE);
      const order = { amount: Amount.parse('LTC', '0.5'), before: NOTHING_BEFORE };
      const pool = { clockOffsetMs: () => offsetMs, readWithdrawals: async () => [] } as unknown as MiningPool;
      expect(await despiteRateLimit(outcome, order, pool)).toMatchObject(unknown);
    },
  );

  test.each([at.getTime() + 1, null])('where a name from before is listed as of another time: %j', async (createAt) => {
    await aPool();
    listed(createAt);
    expect(await sent(W1_BEFORE)).toMatchObject(unknown);
  });

  test('where the list cannot be read', async () => {
    await aPool();
    hashdam.control.fault({ method: 'assetWithdrawHistory', fault: 'status', times: 5 });
    expect(await sent(NOTHING_BEFORE)).toMatchObject(unknown);
  });
});
