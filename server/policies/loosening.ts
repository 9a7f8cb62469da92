import { Amount } from '#server/kernel/amount.ts';
import { asStrictAs } from './quorum.ts';
import type { PolicyRules, Tier } from './statuses.ts';
import { type Placed, tierChooser, VALUE, type Worth } from './tier-choice.ts';

/** One way in which other rules ask for less than these. */
export type Loosening =
  | { readonly what: 'approvals'; readonly asset: string | null; readonly from: string; readonly value: string | null }
  | { readonly what: 'strictest' | 'expiry' | 'cancel_window' };

/**
 * Every way in which `after` asks for less than `before`; empty when it is as strict or stricter everywhere. Rules only
 * change at their thresholds, so it is enough to look there, for every asset either of them names and for one that
 * neither does.
 */
export function loosenings(before: PolicyRules, after: PolicyRules): Loosening[] {
  const assets = [...new Set([...namedIn(before), ...namedIn(after)])].sort();
  const isLess = comparing(before, after);
  return [
    ...[...assets, null].flatMap((asset) => loosenedFor(asset, [...before.tiers, ...after.tiers], isLess)),
    ...(isLess(ESCALATED) ? [{ what: 'strictest' } as const] : []),
    ...(after.expiresAfterHours > before.expiresAfterHours ? [{ what: 'expiry' } as const] : []),
    ...(after.cancelWindowMinutes < before.cancelWindowMinutes ? [{ what: 'cancel_window' } as const] : []),
  ];
}

/** The first point at which an asset needs less than before; one is enough to say so. */
function loosenedFor(asset: string | null, both: readonly Tier[], isLess: (placed: Placed) => boolean): Loosening[] {
  const code = asset ?? UNNAMED;
  const amounts = both.flatMap(({ from }) =>
    from.amounts.filter((one) => one.asset === asset).map((one) => one.amount),
  );
  const values = both.flatMap(({ from }) => from.value ?? []);
  const priced = ['0', ...values].map((value) => Amount.parse(VALUE, value));
  const worths: Worth[] = values.length === 0 ? ['unpriced'] : [...priced, 'unpriced', 'unknown'];
  for (const amount of ['0', ...amounts].map((text) => Amount.parse(code, text))) {
    for (const worth of worths) {
      if (!isLess({ amount, worth, escalated: false })) continue;
      const value = worth instanceof Amount ? worth.toString() : null;
      return [{ what: 'approvals', asset, from: amount.toString(), value }];
    }
  }
  return [];
}

/** Whether the rules of afterwards ask for less there. The thresholds of both are read once for all that is looked at. */
function comparing(before: PolicyRules, after: PolicyRules): (placed: Placed) => boolean {
  const [tierBefore, tierAfter] = [tierChooser(before), tierChooser(after)];
  return (placed) => {
    const [was, is] = [before.tiers[tierBefore(placed) - 1], after.tiers[tierAfter(placed) - 1]];
    return !was || !is || !asStrictAs(is, was);
  };
}

/** Stands for every asset that no rule names; no registered code has a space in it. */
const UNNAMED = 'any other';

const ESCALATED: Placed = { amount: Amount.zero(UNNAMED), worth: 'unpriced', escalated: true };

const namedIn = ({ tiers }: PolicyRules): string[] =>
  tiers.flatMap(({ from }) => from.amounts.map(({ asset }) => asset));
