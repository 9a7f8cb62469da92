import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HashDamClient, HashDamMiningPool } from '#server/hashdam/index.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type HashDamSimulator, startHashDamSimulator } from '#server/simulators/index.ts';
import { FakeClock } from '#server/testing/fake-clock.ts';
import { MemoryMiningRepository } from './mining.repository.memory.ts';
import { MiningService } from './mining.service.ts';

let simulator: HashDamSimulator;
let mining: MiningService;
beforeEach(async () => {
  simulator = await startHashDamSimulator({ settleAfterMs: 60_000 });
  const apiKey = new Secret(simulator.apiKey);
  const client = new HashDamClient({ endpoint: simulator.url, apiKey, deadlineMs: 300, guard: () => undefined });
  mining = new MiningService({
    mining: new MemoryMiningRepository(),
    pool: new HashDamMiningPool({ client }),
    clock: new FakeClock(),
  });
});
afterEach(() => simulator.close());

const today = () => new Date().toISOString().slice(0, 10);
const anOrder = (amount = '0.5', asset = 'LTC') => ({
  withdrawalId: newId(),
  attemptId: newId(),
  attemptNo: 1,
  amount: Amount.parse(asset, amount),
  before: null,
});
const logged = async () => (await mining.withdrawals({ cursor: null, limit: 10 })).rows;

describe('mining flow', () => {
  test('the hash balance is read and kept', async () => {
    expect(await mining.keptHashBalance()).toBeNull();
    const read = await mining.hashBalance();
    expect(read).toMatchObject({ date: today(), credit: '50000', power: '8348.6' });
    expect(await mining.keptHashBalance()).toEqual(read);
  });

  test('a withdrawal is asked for once, logged as submitted, and found in the pool’s list', async () => {
    const order = anOrder();
    const outcome = await mining.requestWithdrawal(order);
    await mining.logWithdrawal(order, outcome);
    const reference = outcome.kind === 'accepted' ? outcome.value.reference : null;
    expect(simulator.journal()).toMatchObject([
      { method: 'assetWithdrawRequest', asset: 'LTC', amount: '0.5', reference },
    ]);
    expect(await logged()).toMatchObject([{ status: 'submitted', amount: '0.5', reference, error: null }]);
    const query = { asset: 'LTC', fromDay: today(), toDay: today() };
    expect(await mining.history(query)).toMatchObject([{ reference, amount: '0.5', status: 'moving' }]);
  });

  test('what must not leave any more is not sent', async () => {
    const beforeFirstByte = () => {
      throw new Error('too late');
    };
    const outcome = await mining.requestWithdrawal({ ...anOrder(), beforeFirstByte });
    expect(outcome).toMatchObject({ kind: 'rejected', retry: 'again', reason: 'held_back' });
    expect(simulator.journal()).toEqual([]);
  });

  test('a list that cannot be read proves nothing: it is null, not empty', async () => {
    const query = { asset: 'LTC', fromDay: today(), toDay: today() };
    simulator.control.fault({ method: 'assetWithdrawHistory', fault: 'drop_after' });
    expect(await mining.history(query)).toBeNull();
    expect(await mining.history(query)).toEqual([]);
  });
});

describe('a failed withdrawal is logged as failed', () => {
  test.each([
    ['refused for good', { fault: 'rejected', message: 'Not found or Unsupported coin symbol' }, 'failed'],
    ['refused for our key', { fault: 'rejected', message: 'Invalid API Key' }, 'retrying'],
    ['lost after it was sent', { fault: 'drop_after' }, 'manual-review'],
    ['answered too late', { fault: 'hang_after' }, 'manual-review'],
    ['answered by a gateway', { fault: 'status', status: 502 }, 'manual-review'],
    ['answered in nonsense', { fault: 'garbage' }, 'manual-review'],
    ['accepted without a name', { fault: 'no_reference' }, 'manual-review'],
    ['answered for another amount', { fault: 'other_amount' }, 'manual-review'],
    ['refused with words nobody knows', { fault: 'rejected', message: 'Try again tomorrow' }, 'manual-review'],
  ] as const)('%s: %o is %s', async (_what, fault, status) => {
    simulator.control.fault({ method: 'assetWithdrawRequest', ...fault });
    const order = anOrder();
    await mining.logWithdrawal(order, await mining.requestWithdrawal(order));
    expect(await logged()).toMatchObject([{ status, reference: null, error: expect.any(String) }]);
  });

  test('and the row of the attempt says how it ended', async () => {
    const order = anOrder();
    simulator.control.fault({ method: 'assetWithdrawRequest', fault: 'rejected', message: 'Invalid API Key' });
    await mining.logWithdrawal(order, await mining.requestWithdrawal(order));
    await mining.logWithdrawal(order, await mining.requestWithdrawal(order));
    expect(await logged()).toMatchObject([{ status: 'submitted', error: null }]);
  });
});

test.each(['drop_before', 'garbage', 'status'] as const)(
  'a hash balance that cannot be read (%s) keeps nothing',
  async (fault) => {
    simulator.control.fault({ method: 'hashBalance', fault });
    await expect(mining.hashBalance()).rejects.toMatchObject({ code: 'provider.unreachable' });
    expect(await mining.keptHashBalance()).toBeNull();
  },
);
