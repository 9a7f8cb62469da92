import type { CountersignClient } from 'countersign/client';
import { expect, OPERATORS } from '../fixtures.ts';
import { callerOf } from './callers.ts';
import { type Funds, type Requested, requestedWithdrawal } from './orders.ts';
import { pool } from './simulators.ts';

/** Two that ask at once wait for each other. */
const SENT_WITHIN_MS = 15_000;

export async function approveAs(operator: (typeof OPERATORS)['finance'], { id }: Pick<Requested, 'id'>): Promise<void> {
  const caller = callerOf(operator);
  const { digest } = await caller.withdrawals.get.query({ id });
  await caller.withdrawals.approve.mutate({ id, digest });
}

export const statusOf = async (platform: CountersignClient, { id }: Pick<Requested, 'id'>): Promise<string> =>
  (await platform.withdrawals.get.query({ id })).status;

/**
 * A payout whose answer was lost, and of which the pool's list could not be read before: no row of it is ever taken by
 * itself, so that people decide. `ran`: whether the pool did it.
 */
export async function unknownWithdrawal(
  platform: CountersignClient,
  { ran = true, ...wanted }: Partial<Funds> & { readonly ran?: boolean } = {},
): Promise<Requested> {
  const order = await requestedWithdrawal(platform, wanted);
  await pool.hideList();
  await pool.fault({ method: 'assetWithdrawRequest', fault: ran ? 'drop_after' : 'drop_before' });
  await approveAs(OPERATORS.finance, order);
  await expect.poll(() => statusOf(platform, order)).toBe('manual-review');
  await pool.showList();
  await payoutsThatWork(platform);
  return order;
}

/**
 * Two that go through after one that did not: when half of the last ten failed, the breaker holds back what other stories
 * send.
 */
export async function payoutsThatWork(platform: CountersignClient): Promise<void> {
  await Promise.all([payoutThatWorks(platform), payoutThatWorks(platform)]);
}

async function payoutThatWorks(platform: CountersignClient): Promise<void> {
  const order = await requestedWithdrawal(platform, { asset: 'DOGE' });
  await approveAs(OPERATORS.finance, order);
  await expect.poll(() => statusOf(platform, order), { timeout: SENT_WITHIN_MS }).toMatch(/^(submitted|completed)$/);
}
