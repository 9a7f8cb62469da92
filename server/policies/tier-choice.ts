import { Amount } from '#server/kernel/amount.ts';
import type { PolicyRules, Tier } from './statuses.ts';

/** Values have no asset of the registry; they are compared with one another only. */
export const VALUE = 'VALUE';

/** What an amount is worth; `unpriced` where nobody ever says, `unknown` where the pool should have said and did not. */
export type Worth = Amount | 'unpriced' | 'unknown';

export interface Placed {
  readonly amount: Amount;
  readonly worth: Worth;
  /** A finding about it asks for the strictest tier, whatever the amount. */
  readonly escalated: boolean;
}

/**
 * The number of the tier, from 1: the stricter of what the amount and what the value say. Where neither says anything,
 * where the value is not known, and where it was escalated, the last one.
 */
export function tierOf({ tiers }: Pick<PolicyRules, 'tiers'>, { amount, worth, escalated }: Placed): number {
  const last = tiers.length;
  if (escalated || last === 1) return last;
  const byAmount = tiers.some(({ from }) => named(from, amount.asset))
    ? reached(tiers, ({ from }) => reaches(named(from, amount.asset), amount))
    : null;
  const counts = tiers.some(({ from }) => from.value !== null);
  if (counts && worth === 'unknown') return last;
  const byValue = counts && worth instanceof Amount ? reached(tiers, ({ from }) => reaches(from.value, worth)) : null;
  return byAmount === null && byValue === null ? last : Math.max(byAmount ?? 1, byValue ?? 1);
}

const named = ({ amounts }: Tier['from'], asset: string): string | null =>
  amounts.find((from) => from.asset === asset)?.amount ?? null;

const reaches = (from: string | null, amount: Amount): boolean =>
  from !== null && !amount.isLessThan(Amount.parse(amount.asset, from));

/** The highest one that is reached; the first one is always. */
const reached = (tiers: readonly Tier[], isReached: (tier: Tier) => boolean): number =>
  Math.max(1, tiers.findLastIndex(isReached) + 1);
