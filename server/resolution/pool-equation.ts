import type { Amount } from '#server/kernel/amount.ts';

/** What the pool held at one cut. */
export interface PoolLevel {
  readonly cutAt: Date;
  readonly balance: Amount;
}

export interface PoolSpan {
  readonly before: PoolLevel;
  readonly after: PoolLevel;
  /** What the pool says came in between the two cuts, and what it lists as having gone out, fees on top. */
  readonly mined: Amount;
  readonly paid: Amount;
}

/**
 * How much less the pool holds than its own figures explain. A payment that left without being listed shows as such a
 * shortage; nothing or less means that everything that left is listed.
 */
export function shortOf({ before, after, mined, paid }: PoolSpan): Amount {
  return before.balance.plus(mined).minus(paid).minus(after.balance);
}
