import type { Amount } from '#server/kernel/amount.ts';
import { NOBODY_IN_PARTICULAR, type PolicyRules } from './statuses.ts';

/**
 * What an installation starts with, before people have agreed on a policy: two people from an asset's threshold on, one
 * below it; an asset without a threshold always needs two.
 */
export const firstPolicy = (twoPersonFrom: ReadonlyMap<string, Amount>): PolicyRules => ({
  tiers: [
    { approvals: 1, groups: NOBODY_IN_PARTICULAR, from: { amounts: [], value: null } },
    {
      approvals: 2,
      groups: NOBODY_IN_PARTICULAR,
      from: {
        amounts: [...twoPersonFrom]
          .map(([asset, from]) => ({ asset, amount: from.toString() }))
          .sort((one, other) => (one.asset < other.asset ? -1 : 1)),
        value: null,
      },
    },
  ],
  expiresAfterHours: 72,
  cancelWindowMinutes: 0,
});
