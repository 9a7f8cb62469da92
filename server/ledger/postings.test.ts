import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { anyPositiveDecimal } from '#server/testing/decimals.ts';
import { COMPANY, isGuarded, memberAccount, POOL, SUSPENSE_WALLETS } from './accounts.ts';
import { tidy } from './legs.ts';
import type { PostingParts, PostingSplit } from './posting-parts.ts';
import { POSTINGS } from './postings.ts';
import { POSTING_KINDS, type PostingKind } from './statuses.ts';

type Parts = Omit<PostingParts & PostingSplit, 'amount'>;
const ltc = (text: string) => Amount.parse('LTC', text);
const legs = (kind: PostingKind, parts: Parts, amount = ltc('10')) =>
  Object.fromEntries(
    tidy(POSTINGS[kind]({ ...parts, amount })).map((leg) => [leg.account.code, leg.amount.toString()]),
  );

const member = { memberId: 'm' };
const wallet = { walletId: 'w', memberId: 'm' };
const company = { ...wallet, toCompany: true };
const fee = ltc('0.25');
const settled = { reached: ltc('10'), left: ltc('10.25') };

/** What each kind books of 10 coins: debits above zero, credits below. */
const TABLE: readonly [PostingKind, string, Parts, Record<string, string>][] = [
  ['COLLECT', 'a day of the pool', {}, { 'pool:hashdam': '10', undistributed: '-10' }],
  ['CREDIT', 'a settlement', member, { undistributed: '10', 'user:m:available': '-10' }],
  [
    'CREDIT',
    'a settlement of a member in debt',
    { ...member, repaid: ltc('4') },
    { undistributed: '10', 'receivable:user:m': '-4', 'user:m:available': '-6' },
  ],
  ['REVERSE', 'a credit that is still there', member, { 'user:m:available': '10', undistributed: '-10' }],
  [
    'REVERSE',
    'a credit that was spent in part',
    { ...member, owed: ltc('4') },
    { 'user:m:available': '6', 'receivable:user:m': '4', undistributed: '-10' },
  ],
  ['HOLD', 'a request', member, { 'user:m:available': '10', 'user:m:held': '-10' }],
  ['HOLD', 'a request of a wallet', wallet, { 'wallet:w:available': '10', 'wallet:w:held': '-10' }],
  ['RELEASE', 'a rejection', member, { 'user:m:held': '10', 'user:m:available': '-10' }],
  ['RELEASE', 'a rejection of a wallet', wallet, { 'wallet:w:held': '10', 'wallet:w:available': '-10' }],
  ['DISPATCH', 'a fence', member, { 'user:m:held': '10', 'user:m:in_flight': '-10' }],
  ['DISPATCH', 'a fence of a wallet', wallet, { 'wallet:w:held': '10', 'wallet:w:in_flight': '-10' }],
  ['RETURN', 'what never ran', member, { 'user:m:in_flight': '10', 'user:m:held': '-10' }],
  ['RETURN', 'what never ran of a wallet', wallet, { 'wallet:w:in_flight': '10', 'wallet:w:held': '-10' }],
  [
    'SETTLE',
    'a payment with the fee on top',
    { ...member, fee },
    {
      'user:m:in_flight': '10',
      company: '10',
      'user:m:payable': '-10',
      'pool:hashdam': '-10.25',
      'expense:pool_fee': '0.25',
    },
  ],
  [
    'SETTLE',
    'a payment with the fee inside',
    { ...member, fee, feeMode: 'inside' },
    {
      'user:m:in_flight': '10',
      company: '9.75',
      'user:m:payable': '-10',
      'pool:hashdam': '-10',
      'expense:pool_fee': '0.25',
    },
  ],
  ['SETTLE', 'a transfer to somebody', wallet, { 'wallet:w:in_flight': '10', 'chain:w': '-10' }],
  [
    'SETTLE',
    'a transfer to the company',
    company,
    { 'wallet:w:in_flight': '10', 'chain:w': '-10', company: '10', 'user:m:payable': '-10' },
  ],
  ['HANDOVER', 'what the platform reports', member, { 'user:m:payable': '10', company: '-10' }],
  ['OBSERVE', 'a deposit', wallet, { 'chain:w': '10', 'wallet:w:available': '-10' }],
  ['OBSERVE', 'gas of the company', { ...wallet, toGas: true }, { 'chain:w': '10', 'gas:w': '-10' }],
  ['SHORT', 'a wallet with less than the books say', wallet, { 'suspense:mblock': '10', 'chain:w': '-10' }],
  ['UNSHORT', 'what was short and is back', wallet, { 'chain:w': '10', 'suspense:mblock': '-10' }],
  ['GAS', 'gas nobody had put there', wallet, { 'expense:gas': '10', 'chain:w': '-10' }],
  [
    'GAS',
    'gas of all three',
    { ...wallet, fromGas: ltc('3'), fromWallet: ltc('5') },
    { 'gas:w': '3', 'wallet:w:available': '5', 'expense:gas': '2', 'chain:w': '-10' },
  ],
  ['GAS_TOPUP', 'gas from the fee wallet', {}, { 'expense:gas': '10', 'chain:fee': '-10' }],
  [
    'LATE',
    'a late payment',
    { ...member, fee },
    { company: '10', 'expense:pool_fee': '0.25', 'pool:hashdam': '-10.25' },
  ],
  [
    'LATE',
    'a late payment with the fee inside',
    { ...member, fee, feeMode: 'inside' },
    { company: '9.75', 'expense:pool_fee': '0.25', 'pool:hashdam': '-10' },
  ],
  ['LATE', 'a late transfer to somebody', wallet, { 'suspense:mblock': '10', 'chain:w': '-10' }],
  ['LATE', 'a late transfer to the company', company, { company: '10', 'chain:w': '-10' }],
  ['ADOPT', 'a late payment that is honoured', member, { 'user:m:available': '10', 'user:m:payable': '-10' }],
  ['ADOPT', 'a late transfer that is honoured', wallet, { 'wallet:w:available': '10', 'suspense:mblock': '-10' }],
  [
    'ADOPT',
    'a late transfer to the company that is honoured',
    company,
    { 'wallet:w:available': '10', 'user:m:payable': '-10' },
  ],
  [
    'ADOPT',
    'a late transfer that had been written off',
    { ...wallet, writtenOff: ltc('10') },
    { 'wallet:w:available': '10', loss: '-10' },
  ],
  [
    'ADOPT',
    'a late transfer of which a part had been written off',
    { ...wallet, writtenOff: ltc('4') },
    { 'wallet:w:available': '10', loss: '-4', 'suspense:mblock': '-6' },
  ],
  [
    'ADOPT',
    'a late transfer to the company that had been written off',
    { ...company, writtenOff: ltc('10') },
    { 'wallet:w:available': '10', 'user:m:payable': '-10', company: '10', loss: '-10' },
  ],
  [
    'UNSETTLE',
    'a payment the pool takes back',
    { ...member, ...settled },
    {
      'user:m:payable': '10',
      'user:m:available': '-10',
      'pool:hashdam': '10.25',
      company: '-10',
      'expense:pool_fee': '-0.25',
    },
  ],
  [
    'UNSETTLE',
    'a payment the pool takes back without its fee',
    { ...member, ...settled, back: ltc('10') },
    { 'user:m:payable': '10', 'user:m:available': '-10', 'pool:hashdam': '10', company: '-10' },
  ],
  [
    'UNSETTLE',
    'a payment taken back that the member has got: they keep it',
    { ...member, ...settled, handedOver: true },
    { 'pool:hashdam': '10.25', company: '-10', 'expense:pool_fee': '-0.25' },
  ],
  [
    'UNSETTLE',
    'a payment taken back that the pool does not show',
    { ...member, ...settled, owedByPool: true },
    {
      'user:m:payable': '10',
      'user:m:available': '-10',
      'receivable:pool': '10.25',
      company: '-10',
      'expense:pool_fee': '-0.25',
    },
  ],
  ['UNSETTLE', 'a transfer that fell out of the chain', wallet, { 'chain:w': '10', 'wallet:w:available': '-10' }],
  [
    'UNSETTLE',
    'a transfer that fell out of the chain and is not there',
    { ...wallet, owedByPool: true },
    { 'receivable:pool': '10', 'wallet:w:available': '-10' },
  ],
  [
    'UNSETTLE',
    'a transfer to the company that fell out of the chain',
    company,
    { 'chain:w': '10', 'user:m:payable': '10', 'wallet:w:available': '-10', company: '-10' },
  ],
  [
    'UNSETTLE',
    'a transfer to the company whose member has been paid',
    { ...company, handedOver: true },
    { 'chain:w': '10', company: '-10' },
  ],
  [
    'UNLATE',
    'a late payment the pool takes back',
    { ...member, ...settled },
    { 'pool:hashdam': '10.25', company: '-10', 'expense:pool_fee': '-0.25' },
  ],
  [
    'UNLATE',
    'an honoured late payment the pool takes back',
    { ...member, ...settled, adopted: true },
    {
      'pool:hashdam': '10.25',
      company: '-10',
      'expense:pool_fee': '-0.25',
      'user:m:payable': '10',
      'user:m:available': '-10',
    },
  ],
  [
    'UNLATE',
    'an honoured late payment whose member has been paid',
    { ...member, ...settled, adopted: true, handedOver: true },
    { 'pool:hashdam': '10.25', company: '-10', 'expense:pool_fee': '-0.25' },
  ],
  ['UNLATE', 'a late transfer that fell out of the chain', wallet, { 'chain:w': '10', 'suspense:mblock': '-10' }],
  [
    'UNLATE',
    'an honoured late transfer that fell out of the chain',
    { ...wallet, adopted: true },
    { 'chain:w': '10', 'wallet:w:available': '-10' },
  ],
  ['UNLATE', 'a late transfer to the company', company, { 'chain:w': '10', company: '-10' }],
  [
    'UNLATE',
    'an honoured late transfer to the company',
    { ...company, adopted: true },
    { 'chain:w': '10', company: '-10', 'user:m:payable': '10', 'wallet:w:available': '-10' },
  ],
  ['ADJUST', 'what two people put right', { debit: COMPANY, credit: POOL }, { company: '10', 'pool:hashdam': '-10' }],
  ['DEPOSIT', 'what the company put into a wallet', wallet, { 'chain:w': '10', company: '-10' }],
  ['DEPOSIT', 'one seen before', { ...wallet, credited: true }, { 'wallet:w:available': '10', company: '-10' }],
  ['WRITEOFF', 'what two people give up', { credit: SUSPENSE_WALLETS }, { loss: '10', 'suspense:mblock': '-10' }],
];

test.each(TABLE)('%s books %s as the rules say', (...[kind, , parts, expected]) => {
  expect(legs(kind, parts)).toEqual(expected);
});

test('every kind is in the table', () => {
  expect([...new Set(TABLE.map(([kind]) => kind))].toSorted()).toEqual([...POSTING_KINDS].toSorted());
});

test.each(TABLE)('%s of %s balances, whatever amount and fee', (kind, _what, parts) => {
  fc.assert(
    fc.property(anyPositiveDecimal(), anyPositiveDecimal(), (amount, kept) => {
      const all = ltc(amount);
      const some = { ...parts, reached: all, left: all.plus(ltc(kept)), fee: ltc(kept) };
      const booked = POSTINGS[kind]({ ...some, amount: all }).map((leg) => leg.amount);
      expect(Amount.sum('LTC', booked).isZero()).toBe(true);
    }),
  );
});

test('a settlement without a fee, or with none, books no expense', () => {
  for (const kept of [undefined, ltc('0')]) {
    expect(legs('SETTLE', { ...member, fee: kept })).not.toHaveProperty(['expense:pool_fee']);
  }
});

describe('what a member has', () => {
  const membersOwn = (kind: PostingKind, parts: Parts) =>
    Amount.sum(
      'LTC',
      tidy(POSTINGS[kind]({ ...parts, amount: ltc('10') }))
        .filter(({ account }) => isGuarded(account))
        .map(({ amount }) => amount),
    ).toString();

  test.each(['HOLD', 'RELEASE', 'DISPATCH', 'RETURN', 'SETTLE', 'UNSETTLE'] as const)(
    'is neither more nor less after a %s, whatever the fee',
    (kind) => {
      expect(membersOwn(kind, { ...member, ...settled, fee })).toBe('0');
      expect(membersOwn(kind, { ...member, ...settled, fee, feeMode: 'inside' })).toBe('0');
    },
  );
});

test.each(POSTING_KINDS.filter((kind) => kind !== 'COLLECT' && kind !== 'GAS_TOPUP' && kind !== 'LATE'))(
  '%s says whose money it is, or is not booked',
  (kind) => {
    expect(() => POSTINGS[kind]({ amount: ltc('1') })).toThrow(TypeError);
  },
);

test('taking a payment back without knowing what it brought is refused', () => {
  expect(() => POSTINGS.UNSETTLE({ ...member, amount: ltc('1') })).toThrow(/looked up first/);
});

test('a fee of another coin is never added', () => {
  const other = Amount.parse('DOGE', '1');
  expect(() => POSTINGS.SETTLE({ amount: ltc('1'), ...member, fee: other })).toThrow(TypeError);
});

test('legs of one account become one, and legs of nothing none', () => {
  const account = memberAccount('m', 'held');
  const booked = tidy([
    { account, amount: ltc('1') },
    { account: POOL, amount: ltc('0') },
    { account, amount: ltc('2') },
  ]);
  expect(booked.map(({ amount }) => amount.toString())).toEqual(['3']);
});
