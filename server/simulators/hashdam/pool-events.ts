/** Everything that changes a simulated pool. Amounts are decimal text, times epoch milliseconds. */
export type PoolEvent =
  /** Since this day the pool holds its opening stock and earns. */
  | { readonly type: 'opened'; readonly day: string }
  | {
      readonly type: 'withdrawn';
      readonly atMs: number;
      readonly withdrawId: string;
      readonly coin: string;
      readonly amount: string;
      readonly fee: string;
    }
  | { readonly type: 'swapped'; readonly atMs: number; readonly swapId: string; readonly amount: string }
  | {
      readonly type: 'charged';
      readonly atMs: number;
      readonly chargeId: string;
      readonly amount: string;
      readonly from: string | null;
    }
  /** By control: what a row's status is from now on. */
  | { readonly type: 'settled'; readonly atMs: number; readonly reference: string; readonly status: string }
  /** By control: coins added or taken, below zero with a minus. */
  | { readonly type: 'adjusted'; readonly atMs: number; readonly coin: string; readonly delta: string }
  /** By control: a history row that no call of ours made. */
  | { readonly type: 'row_added'; readonly row: WithdrawRow };

/** A row of `assetWithdrawHistory` as the vendor lists it. */
export interface WithdrawRow {
  readonly withdrawId: string;
  readonly coin: string;
  readonly amount: string;
  readonly fee: string;
  readonly address: string | null;
  readonly type: string;
  readonly message?: string;
  readonly status: string;
  readonly createAt: number | null;
  readonly updateAt?: number;
}
