import type { Amount } from '#server/kernel/amount.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';

/**
 * What mining needs from a pool. Reads throw `DomainError` (`provider.unreachable`, or `provider.rejected` when the pool
 * answered with a refusal); the one instruction never throws for what the provider or the network did.
 * Days are `YYYY-MM-DD` in UTC, decimals are plain text as exact as the pool gave them.
 */
export interface MiningPool {
  readProject(): Promise<PoolProject>;
  readHashBalance(): Promise<PoolHashBalance>;
  readHashRate(): Promise<PoolHashRate>;
  /** The newest closed day when `day` is absent. */
  readDailyProfit(day?: string): Promise<PoolDailyProfit>;
  readAssetBalances(): Promise<PoolAssetBalances>;
  /** Moves coins from the pool to the platform's own account there. Call it once, after the fence. */
  requestWithdrawal(order: PoolWithdrawalOrder): Promise<ProviderOutcome<{ readonly reference: string }>>;
  /**
   * One complete read of a coin's withdrawals between two days, all pages; throws when the list moved while reading. With a
   * `reference` a list that does not say how long it is will do, except for one that shows a failure: that a payment failed
   * takes a complete read.
   */
  readWithdrawals(query: PoolWithdrawalQuery): Promise<readonly PoolWithdrawal[]>;
  /** What to add to the pool's times to get ours, in ms, by its last reply; null before the first. */
  clockOffsetMs?(): number | null;
}

export interface PoolWithdrawalOrder {
  readonly amount: Amount;
  /**
   * Asked before connecting and again in the tick of the first byte. When it throws nothing is sent, and the outcome is
   * `rejected`, `again`, with the reason `held_back`.
   */
  readonly beforeFirstByte?: () => void;
}

export interface PoolProject {
  readonly name: string | null;
  /** Where withdrawals arrive: an account (an e-mail address at the exchange), not a chain address. */
  readonly account: string | null;
}

export interface PoolHashBalance {
  readonly day: string;
  readonly credit: string;
  readonly power: string;
}

export interface PoolHashRate {
  readonly at: string;
  /** Megahashes per second. */
  readonly last24h: string;
  readonly last1h: string;
  readonly last10m: string;
  /** Per cent. */
  readonly efficiency: string;
  readonly reject: string;
}

export interface PoolDailyProfit {
  readonly day: string;
  readonly coins: readonly { readonly asset: string; readonly total: string; readonly price: string | null }[];
}

export interface PoolAssetBalances {
  readonly day: string | null;
  readonly coins: readonly {
    readonly asset: string;
    readonly balance: string | null;
    readonly available: string | null;
    readonly locked: string | null;
  }[];
}

export interface PoolWithdrawalQuery {
  readonly asset: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly reference?: string;
}

/** `unknown` stands for every word that the pool never said to us: it moves nothing, and is no reason to take a row for ours. */
export const POOL_WITHDRAWAL_STATUSES = ['moving', 'completed', 'failed', 'unknown'] as const;
export type PoolWithdrawalStatus = (typeof POOL_WITHDRAWAL_STATUSES)[number];

export interface PoolWithdrawal {
  readonly reference: string;
  readonly asset: string;
  readonly amount: string;
  readonly fee: string;
  readonly address: string | null;
  readonly type: string;
  readonly status: PoolWithdrawalStatus;
  readonly rawStatus: string;
  readonly message: string | null;
  readonly createdAt: string | null;
}
