import { expect, test } from 'vitest';
import type { PolicyRulesView } from '#server/policies/contract.ts';
import { diffOf } from './diff.ts';
import { draftOf, emptyTier, readDraft } from './draft.ts';

const rules: PolicyRulesView = {
  tiers: [
    { approvals: 1, groups: { join: 'all', of: [] }, from: { amounts: [], value: null } },
    {
      approvals: 2,
      groups: { join: 'any', of: [{ group: 'admin', atLeast: 1 }] },
      from: {
        amounts: [
          { asset: 'DOGE', amount: '1000' },
          { asset: 'LTC', amount: '0.5' },
        ],
        value: '10000',
      },
    },
  ],
  expiresAfterHours: 72,
  cancelWindowMinutes: 10,
};
const known = [
  { asset: 'DOGE', symbol: 'DOGE' },
  { asset: 'LTC', symbol: 'LTC' },
  { asset: 'BSC:0xAb', symbol: 'USDT' },
  { asset: 'BSC:0xCd', symbol: 'TWIN' },
  { asset: 'BSC:0xEf', symbol: 'TWIN' },
  { asset: 'BSC:0x12', symbol: 'LTC' },
];
const draft = draftOf(rules, known);
const withTier = (change: object) =>
  readDraft({ ...draft, tiers: [...draft.tiers, { ...emptyTier('new'), ...change }] }, known);

test('what is in force can be read back as it is', () => {
  expect(readDraft(draft, known)).toEqual({ rules });
});

test('lines of amounts are read as people type them', () => {
  expect(withTier({ amounts: ' ltc  1,000.50 \n\nDOGE 20000', value: '50,000' })).toMatchObject({
    rules: {
      tiers: [
        {},
        {},
        {
          from: {
            amounts: [
              { asset: 'DOGE', amount: '20000' },
              { asset: 'LTC', amount: '1000.5' },
            ],
            value: '50000',
          },
        },
      ],
    },
  });
});

test.each([
  ['number', { people: 'two' }],
  ['amounts', { amounts: 'LTC' }],
  ['amounts', { amounts: 'LTC 1 2' }],
  ['value', { value: 'much' }],
  ['order', { people: '0' }],
  ['order', { amounts: 'LTC 1\nLTC 2' }],
])('what cannot be read is named: %s', (problem, change) => {
  expect(withTier(change)).toEqual({ problem });
});

test('a difference says what goes before what comes', () => {
  expect(diffOf(['a', 'b', 'c'], ['a', 'x', 'c', 'd']).map(({ change, text }) => `${change} ${text}`)).toEqual([
    'same a',
    'removed b',
    'added x',
    'same c',
    'added d',
  ]);
});

test('an amount of an asset that the registry does not know is refused by its name', () => {
  expect(withTier({ amounts: 'LTC 1\nXYZ 5' })).toEqual({ problem: 'asset', asset: 'XYZ' });
  expect(withTier({ amounts: 'bsc:0xab 5' })).toMatchObject({
    rules: { tiers: [{}, {}, { from: { amounts: [{ asset: 'BSC:0xAb', amount: '5' }] } }] },
  });
});

test.each([
  ['USDT', 'BSC:0xAb'],
  ['BSC:0xCd', 'BSC:0xCd'],
  ['BSC:0x12', 'BSC:0x12'],
  ['LTC', 'LTC'],
])('a token is written as %s, and read back as itself', (name, asset) => {
  const [first, second] = rules.tiers;
  if (!first || !second) throw new Error('the rules have two tiers');
  const tiers = [first, { ...second, from: { amounts: [{ asset, amount: '5' }], value: null } }];
  const typed = draftOf({ ...rules, tiers }, known);
  expect(typed.tiers[1]?.amounts).toBe(`${name} 5`);
  expect(readDraft(typed, known)).toEqual({ rules: { ...rules, tiers } });
});

test('a symbol that two tokens have names neither', () => {
  expect(withTier({ amounts: 'twin 5' })).toEqual({ problem: 'asset', asset: 'twin' });
  expect(withTier({ amounts: 'usdt 5' })).toMatchObject({
    rules: { tiers: [{}, {}, { from: { amounts: [{ asset: 'BSC:0xAb', amount: '5' }] } }] },
  });
});
