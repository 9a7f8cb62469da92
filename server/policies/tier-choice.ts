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

/** For each tier from where on it holds; null where it says nothing. */
type Thresholds = readonly (Amount | null)[];

/**
 * Tells the number of the tier, from 1: the stricter of what the amount and what the value say. Where neither says
 * anything, where the value is not known, and where it was escalated, the last one. The thresholds are read once, however
 * many are placed.
 */
export function tierChooser({ tiers }: Pick<PolicyRules, 'tiers'>): (placed: Placed) => number {
  const last = tiers.length;
  const byAsset = new Map(
    tiers
      .flatMap(({ from }) => from.amounts.map(({ asset }) => asset))
      .map((asset): [string, Thresholds] => [asset, tiers.map(({ from }) => named(from, asset))]),
  );
  const values: Thresholds = tiers.map(({ from }) => (from.value === null ? null : Amount.parse(VALUE, from.value)));
  const counts = values.some((value) => value !== null);
  return ({ amount, worth, escalated }) => {
    if (escalated || last === 1 || (counts && worth === 'unknown')) return last;
    const thresholds = byAsset.get(amount.asset);
    const byAmount = thresholds ? reached(thresholds, amount) : null;
    const byValue = counts && worth instanceof Amount ? reached(values, worth) : null;
    return byAmount === null && byValue === null ? last : Math.max(byAmount ?? 1, byValue ?? 1);
  };
}

export const tierOf = (rules: Pick<PolicyRules, 'tiers'>, placed: Placed): number => tierChooser(rules)(placed);

function named({ amounts }: Tier['from'], asset: string): Amount | null {
  const from = amounts.find((each) => each.asset === asset);
  return from ? Amount.parse(asset, from.amount) : null;
}

/** The highest one that is reached; the first one always is. */
const reached = (thresholds: Thresholds, amount: Amount): number =>
  Math.max(1, thresholds.findLastIndex((from) => from !== null && !amount.isLessThan(from)) + 1);
