import { randomInt, randomUUID } from 'node:crypto';
import type { CountersignClient } from 'countersign/client';

export const newMember = (): string => `member-${randomUUID().slice(0, 13)}`;

/** An amount that no other test has: payouts of the same amount wait for each other. */
export const amountBelowTwoPeople = (): string => `0.0${randomInt(100_000, 1_000_000)}1`;
export const amountForTwoPeople = (): string => `1.0${randomInt(100_000, 1_000_000)}1`;

export interface Funds {
  readonly memberId: string;
  readonly asset: string;
  readonly amount: string;
}

export async function credit(platform: CountersignClient, { memberId, asset, amount }: Funds): Promise<void> {
  const reference = `settlement-${randomUUID()}`;
  await platform.ledger.credit.mutate({ memberId, asset, amount, reference, idempotencyKey: reference });
}

/** A member of their own with exactly this much, and a withdrawal of all of it that waits for approval. */
export async function requestedWithdrawal(platform: CountersignClient, wanted: Partial<Funds> = {}) {
  const funds = { memberId: newMember(), asset: 'LTC', amount: amountBelowTwoPeople(), ...wanted };
  await credit(platform, funds);
  return platform.withdrawals.request.mutate({ ...funds, idempotencyKey: randomUUID() });
}
export type Requested = Awaited<ReturnType<typeof requestedWithdrawal>>;

export async function balanceOf(platform: CountersignClient, { memberId, asset }: Pick<Funds, 'memberId' | 'asset'>) {
  const balances = await platform.ledger.balances.query({ memberId });
  return balances.find((balance) => balance.asset === asset);
}
