import { describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { firstPolicy } from './first-policy.ts';
import { loosenings } from './loosening.ts';
import { NOBODY_IN_PARTICULAR, type PolicyRules, type Tier } from './statuses.ts';

const before = firstPolicy(new Map([['LTC', Amount.parse('LTC', '1')]]));
const [one, two] = before.tiers as readonly [Tier, Tier];
const from = (amounts: Record<string, string>, value: string | null = null): Tier['from'] => ({
  amounts: Object.entries(amounts).map(([asset, amount]) => ({ asset, amount })),
  value,
});
const withTiers = (...tiers: Tier[]): PolicyRules => ({ ...before, tiers });

describe('a change asks for less', () => {
  test.each([
    ['a threshold is higher', withTiers(one, { ...two, from: from({ LTC: '2' }) }), 'LTC', '1'],
    [
      'a coin that took two for everything gets a threshold',
      withTiers(one, { ...two, from: from({ LTC: '1', PEP: '5' }) }),
      'PEP',
      '0',
    ],
    ['one person is enough everywhere', withTiers(one), null, '0'],
    ['small amounts are approved by the policy itself', withTiers({ ...one, approvals: 0 }, two), 'LTC', '0'],
  ])('where %s', (_what, after, ...[asset, from]) => {
    expect(loosenings(before, after)).toContainEqual({ what: 'approvals', asset, from, value: null });
  });

  test('where a named group is any group, and of what is escalated too', () => {
    const groups: Tier['groups'] = { join: 'all', of: [{ group: 'admin', atLeast: 1 }] };
    const grouped = withTiers(one, { ...two, groups });
    expect(loosenings(grouped, before)).toContainEqual({ what: 'strictest' });
    expect(loosenings(before, grouped)).toEqual([]);
  });

  test('where a value no longer counts', () => {
    const byValue = withTiers(one, { ...two, from: from({ LTC: '1' }, '100') });
    expect(loosenings(byValue, before)).toContainEqual({ what: 'approvals', asset: 'LTC', from: '0', value: '100' });
    expect(loosenings(before, byValue)).toContainEqual(expect.objectContaining({ asset: null }));
  });

  test('where time to decide is longer, or to think again shorter', () => {
    const strict = { ...before, cancelWindowMinutes: 5 };
    const words = (is: PolicyRules) => loosenings(strict, is).map(({ what }) => what);
    expect(words({ ...strict, expiresAfterHours: 73 })).toEqual(['expiry']);
    expect(words({ ...strict, cancelWindowMinutes: 4 })).toEqual(['cancel_window']);
  });
});

describe('a change asks for as much or more', () => {
  test.each([
    ['nothing changed', before],
    ['a threshold is lower', withTiers(one, { ...two, from: from({ LTC: '0.5' }) })],
    ['a tier is added above', withTiers(one, two, { ...two, approvals: 3, from: from({ LTC: '10' }) })],
    ['everybody needs two', withTiers({ ...two, from: from({}) })],
    ['a group is named', withTiers(one, { ...two, groups: { join: 'any', of: [{ group: 'admin', atLeast: 1 }] } })],
    ['time to decide is shorter', { ...before, expiresAfterHours: 1 }],
    ['there is time to think again', { ...before, cancelWindowMinutes: 10 }],
  ])('where %s', (_what, after) => {
    expect(loosenings(before, after)).toEqual([]);
  });

  test('and a group that nobody named is not asked for', () => {
    expect(two.groups).toEqual(NOBODY_IN_PARTICULAR);
  });
});
