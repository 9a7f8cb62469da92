import { describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { policyRules } from './contract.ts';
import { firstPolicy } from './first-policy.ts';
import { asStrictAs, fewestMore, helps, isMet, lacking, withVote } from './quorum.ts';
import { type Needs, NOBODY_IN_PARTICULAR, type PolicyRules, type Tier } from './statuses.ts';
import { tierOf, VALUE, type Worth } from './tier-choice.ts';

const anyOf = (approvals: number): Needs => ({ approvals, groups: NOBODY_IN_PARTICULAR });
const withGroups = (approvals: number, join: 'all' | 'any', atLeast: { finance?: number; admin?: number }): Needs => ({
  approvals,
  groups: {
    join,
    of: (['finance', 'admin'] as const).flatMap((group) => {
      const people = atLeast[group];
      return people ? [{ group, atLeast: people }] : [];
    }),
  },
});
const tier = (needs: Needs, amounts: Record<string, string> = {}, value: string | null = null): Tier => ({
  ...needs,
  from: { amounts: Object.entries(amounts).map(([asset, amount]) => ({ asset, amount })), value },
});

const rules: PolicyRules = {
  ...firstPolicy(new Map()),
  tiers: [
    tier(anyOf(1)),
    tier(anyOf(2), { LTC: '1', DOGE: '1000' }, '500'),
    tier(withGroups(3, 'all', { admin: 1 }), { LTC: '10' }, '5000'),
  ],
};
const worthOf = (text: string): Worth => (text === 'unpriced' || text === 'unknown' ? text : Amount.parse(VALUE, text));
const place = (asset: string, amount: string, worth = '1') =>
  tierOf(rules, { amount: Amount.parse(asset, amount), worth: worthOf(worth), escalated: false });
const escalated = (asset: string, amount: string) =>
  tierOf(rules, { amount: Amount.parse(asset, amount), worth: 'unpriced', escalated: true });

describe('which tier', () => {
  test.each([
    ['just below a threshold', 1, () => place('LTC', '0.999999999999999999')],
    ['exactly at it', 2, () => place('LTC', '1')],
    ['just below the next', 2, () => place('LTC', '9.999999999999999999')],
    ['at the next', 3, () => place('LTC', '10')],
    ['where the highest names no amount of the asset, the one that does', 2, () => place('DOGE', '999999')],
    ['by value, where that is stricter', 2, () => place('LTC', '0.5', '500')],
    ['by amount, where that is stricter', 3, () => place('LTC', '10', '499')],
    ['by value alone, where no amount of the asset is named', 1, () => place('PEP', '5', '499.999999999999999999')],
    ['nothing says anything: the strictest', 3, () => place('PEP', '0.1', 'unpriced')],
    ['the pool should know the price and does not: the strictest', 3, () => place('LTC', '0.1', 'unknown')],
    ['the chain has no price: the amount decides', 1, () => place('LTC', '0.1', 'unpriced')],
    ['escalated: the strictest, whatever the amount', 3, () => escalated('LTC', '0.1')],
  ] as const)('%s', (_why, expected, placed) => {
    expect(placed()).toBe(expected);
  });

  test('the settings of an installation mean what they meant before', () => {
    const first = firstPolicy(new Map([['LTC', Amount.parse('LTC', '1')]]));
    const people = (asset: string, amount: string) =>
      first.tiers[tierOf(first, { amount: Amount.parse(asset, amount), worth: 'unpriced', escalated: false }) - 1]
        ?.approvals;
    expect([people('LTC', '0.99'), people('LTC', '1'), people('DOGE', '0.01')]).toEqual([1, 2, 2]);
    expect(policyRules.safeParse(first).success).toBe(true);
  });
});

describe('a quorum', () => {
  const [both, either] = [
    withGroups(2, 'all', { finance: 1, admin: 1 }),
    withGroups(2, 'any', { finance: 2, admin: 1 }),
  ];

  test.each([
    [anyOf(0), 0, 0, true],
    [anyOf(2), 1, 0, false],
    [anyOf(2), 1, 1, true],
    [both, 2, 0, false],
    [both, 5, 0, false],
    [both, 1, 1, true],
    [either, 1, 0, false],
    [either, 2, 0, true],
    [either, 1, 1, true],
    [either, 0, 2, true],
  ])('%j by %i of finance and %i administrators: %s', (needs, ...[finance, admin, met]) => {
    expect(isMet(needs, { finance, admin, either: 0 })).toBe(met);
  });

  test.each([
    [both, 1, 0, 1, true],
    [both, 0, 0, 1, false],
    [both, 0, 0, 2, true],
    [withGroups(1, 'all', { finance: 1, admin: 1 }), 0, 0, 1, false],
    [withGroups(2, 'all', { finance: 2, admin: 1 }), 1, 0, 1, false],
    [withGroups(2, 'all', { finance: 2, admin: 1 }), 1, 0, 2, true],
    [either, 1, 0, 1, true],
    [withGroups(3, 'any', { finance: 2 }), 1, 0, 1, false],
  ])(
    '%j by %i of finance, %i administrators and %i who may count for either, each for one: %s',
    (...[needs, ...cast]) => {
      const [finance, admin, either, met] = cast;
      expect(isMet(needs, { finance, admin, either })).toBe(met);
    },
  );

  test('says what it lacks, and takes only votes that bring it nearer', () => {
    expect(lacking(both, { finance: 2, admin: 0, either: 0 })).toEqual({ people: 0, groups: ['admin'] });
    expect(helps(both, { finance: 2, admin: 0, either: 0 }, ['finance'])).toBe(false);
    expect(helps(both, { finance: 2, admin: 0, either: 0 }, ['admin'])).toBe(true);
    expect(helps(anyOf(2), { finance: 1, admin: 0, either: 0 }, ['finance'])).toBe(true);
  });

  test.each<[Needs, number, number, number, number]>([
    [anyOf(10), 1, 1, 1, 7],
    [anyOf(2), 2, 0, 0, 0],
    [both, 0, 0, 0, 2],
    [both, 2, 0, 0, 1],
    [both, 2, 0, 1, 0],
    [withGroups(2, 'all', { finance: 2, admin: 2 }), 0, 0, 0, 4],
    [either, 0, 1, 0, 1],
    [withGroups(2, 'any', { finance: 3, admin: 2 }), 1, 0, 0, 2],
  ])('%j with %i of finance, %i administrators and %i for either takes %i more people', (needs, ...counts) => {
    const [finance, admin, either, more] = counts;
    expect(fewestMore(needs, { finance, admin, either })).toBe(more);
  });

  test('counts a vote for the group that it is of, or for either', () => {
    const none = { finance: 0, admin: 1, either: 0 };
    expect(withVote(none, ['finance', null])).toEqual({ finance: 1, admin: 1, either: 0 });
    expect(withVote(none, ['finance', 'admin'])).toEqual({ finance: 0, admin: 1, either: 1 });
  });

  test('is as strict as another one only where whoever meets it also meets that', () => {
    expect(asStrictAs(anyOf(2), anyOf(1))).toBe(true);
    expect(asStrictAs(anyOf(1), anyOf(2))).toBe(false);
    expect(asStrictAs(both, anyOf(2))).toBe(true);
    expect(asStrictAs(anyOf(3), both)).toBe(false);
    expect(asStrictAs(both, either)).toBe(true);
    expect(asStrictAs(either, both)).toBe(false);
  });
});

describe('rules are refused', () => {
  const without = (tiers: PolicyRules['tiers']) => policyRules.safeParse({ ...rules, tiers }).success;

  test.each([
    ['the first tier has a threshold', [tier(anyOf(1), { LTC: '1' })]],
    ['a higher tier asks nobody', [tier(anyOf(0)), tier(anyOf(0), { LTC: '1' })]],
    [
      'an asset is named twice in a tier',
      [
        tier(anyOf(1)),
        { ...tier(anyOf(2)), from: { amounts: Array(2).fill({ asset: 'LTC', amount: '1' }), value: null } },
      ],
    ],
    ['nobody is asked for anything', [tier(anyOf(0))]],
    ['there is no tier', []],
  ])('where %s', (_what, tiers) => {
    expect(without(tiers)).toBe(false);
    expect(without(rules.tiers as PolicyRules['tiers'])).toBe(true);
  });
});
