import { afterEach, beforeEach, expect, test } from 'vitest';
import { HashDamClient, HashDamMiningPool } from '#server/hashdam/index.ts';
import { Amount } from '#server/kernel/amount.ts';
import { systemClock } from '#server/kernel/clock.ts';
import { newId } from '#server/kernel/ids.ts';
import { Secret } from '#server/kernel/secret.ts';
import { type HashDamSimulator, startHashDamSimulator } from '#server/simulators/index.ts';
import { MemoryMiningRepository } from './mining.repository.memory.ts';
import { MiningService } from './mining.service.ts';

let hashdam: HashDamSimulator;
let mining: MiningService;
beforeEach(async () => {
  hashdam = await startHashDamSimulator({});
  const apiKey = new Secret(hashdam.apiKey);
  const client = new HashDamClient({ endpoint: hashdam.url, apiKey, deadlineMs: 1_000, guard: () => undefined });
  const pool = new HashDamMiningPool({ client });
  mining = new MiningService({ mining: new MemoryMiningRepository(), pool, clock: systemClock });
});
afterEach(() => hashdam.close());

const order = () => ({ withdrawalId: newId(), attemptId: newId(), attemptNo: 1, amount: Amount.parse('LTC', '0.5') });

test('too many requests, and no such row in the whole list: it did not run and may be tried again', async () => {
  hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'rate_limited' });
  expect(await mining.requestWithdrawal(order())).toMatchObject({ kind: 'rejected', retry: 'again' });
});

test('too many requests, but the list has a row that could be it: the outcome is unknown', async () => {
  hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'rate_limited', executes: true });
  expect(await mining.requestWithdrawal(order())).toMatchObject({ kind: 'unknown' });
});

test('too many requests, and the list cannot be read either: the outcome is unknown', async () => {
  hashdam.control.fault({ method: 'assetWithdrawRequest', fault: 'rate_limited' });
  hashdam.control.fault({ method: 'assetWithdrawHistory', fault: 'status', times: 5 });
  expect(await mining.requestWithdrawal(order())).toMatchObject({ kind: 'unknown' });
});
