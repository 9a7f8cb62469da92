import type { Amount } from '#server/kernel/amount.ts';
import type { PolicySimulateView } from './contract.ts';
import { asStrictAs, isMet, type Votes } from './quorum.ts';
import { type ApproverGroup, type Needs, NOBODY_IN_PARTICULAR, type PolicyRules, type Tier } from './statuses.ts';
import { type Placed, tierChooser } from './tier-choice.ts';

/** A withdrawal as it was asked for. */
export interface Past extends Placed {
  readonly id: string;
  readonly memberId: string;
  readonly amount: Amount;
  /** The group of the operator who asked, and so does not approve; null where a platform did. */
  readonly askedBy: ApproverGroup | null;
  /** From the request to its last approval; null where it had none. */
  readonly waitedMs: number | null;
}

type Tally = Omit<Extract<PolicySimulateView, { kind: 'since' }>, 'kind' | 'reachedAt' | 'nextCursor'>;

const EXAMPLES_MAX = 20;
const NO_TIER: Needs = { approvals: 0, groups: NOBODY_IN_PARTICULAR };

/** Tries a draft on what was really asked for, beside the rules in force. Pure: the same rows give the same figures. */
export function backtest(
  rules: { readonly now: PolicyRules; readonly draft: PolicyRules },
  people: Votes,
  past: Iterable<Past>,
): Tally {
  const compare = comparing(rules);
  const tally = {
    ...{ looked: 0, more: 0, less: 0, byPolicy: 0, blocked: 0, extraApprovals: 0, longestWaitMs: 0 },
    examples: [] as Tally['examples'],
  };
  for (const one of past) {
    const { from, to, is } = compare(one);
    const isBlocked = to.tier !== null && !isMet(to.tier, without(people, one.askedBy));
    tally.looked += 1;
    tally.extraApprovals += (to.tier?.approvals ?? 0) - (from.tier?.approvals ?? 0);
    if (is === 'more') tally.more += 1;
    if (is === 'less') tally.less += 1;
    if (to.tier?.approvals === 0) tally.byPolicy += 1;
    if (isBlocked) tally.blocked += 1;
    if (is === 'more') tally.longestWaitMs = Math.max(tally.longestWaitMs, one.waitedMs ?? 0);
    if ((is === 'more' || isBlocked) && tally.examples.length < EXAMPLES_MAX) {
      const { id, memberId, amount } = one;
      const places = { from: placeOf(from), to: placeOf(to) };
      tally.examples.push({ id, memberId, asset: amount.asset, amount: amount.toString(), ...places });
    }
  }
  return tally;
}

interface Compared {
  readonly from: { readonly no: number; readonly tier: Tier | null };
  readonly to: { readonly no: number; readonly tier: Tier | null };
  readonly is: 'same' | 'more' | 'less';
}

/** Every pair of tiers is compared once, however many withdrawals meet it. */
function comparing({ now, draft }: { readonly now: PolicyRules; readonly draft: PolicyRules }) {
  const known = new Map<string, Compared>();
  const [choose, chooseDraft] = [tierChooser(now), tierChooser(draft)];
  return (placed: Placed): Compared => {
    const [from, to] = [choose(placed), chooseDraft(placed)];
    const key = `${from} ${to}`;
    const compared =
      known.get(key) ??
      pair({ no: from, tier: now.tiers[from - 1] ?? null }, { no: to, tier: draft.tiers[to - 1] ?? null });
    known.set(key, compared);
    return compared;
  };
}

function pair(from: Compared['from'], to: Compared['to']): Compared {
  if (!from.tier || !to.tier) return { from, to, is: 'same' };
  if (!asStrictAs(to.tier, from.tier)) return { from, to, is: 'less' };
  return { from, to, is: asStrictAs(from.tier, to.tier) ? 'same' : 'more' };
}

function placeOf({ no, tier }: Compared['from']): Tally['examples'][number]['from'] {
  const { approvals, groups } = tier ?? NO_TIER;
  return { no, approvals, groups: { join: groups.join, of: [...groups.of] } };
}

const without = (people: Votes, group: ApproverGroup | null): Votes =>
  group === null ? people : { ...people, [group]: people[group] - 1 };
