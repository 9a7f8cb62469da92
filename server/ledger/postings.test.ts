import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { anyPositiveDecimal } from '#server/testing/decimals.ts';
import { POSTING_KINDS, POSTINGS, type PostingKind, type PostingParts } from './postings.ts';

const ltc = (text: string) => Amount.parse('LTC', text);
const legs = (kind: PostingKind, parts: PostingParts) =>
  Object.fromEntries(POSTINGS[kind](parts).map(({ account, amount }) => [account.code, amount.toString()]));

/** What each kind books of 10 coins, with a fee of 0.25 where one is kept. */
const TABLE: Record<PostingKind, Record<string, string>> = {
  COLLECT: { 'pool:hashdam': '10', undistributed: '-10' },
  CREDIT: { undistributed: '10', 'user:m:available': '-10' },
  HOLD: { 'user:m:available': '10', 'user:m:held': '-10' },
  RELEASE: { 'user:m:held': '10', 'user:m:available': '-10' },
  DISPATCH: { 'user:m:held': '10', 'user:m:in_flight': '-10' },
  RETURN: { 'user:m:in_flight': '10', 'user:m:held': '-10' },
  SETTLE: {
    'user:m:in_flight': '10',
    company: '10',
    'user:m:payable': '-10',
    'pool:hashdam': '-10.25',
    'expense:pool_fee': '0.25',
  },
};

describe.each(POSTING_KINDS)('%s', (kind) => {
  test('books what the rules of the books say', () => {
    expect(legs(kind, { amount: ltc('10'), memberId: 'm', fee: ltc('0.25') })).toEqual(TABLE[kind]);
  });

  test('balances, whatever amount and fee', () => {
    fc.assert(
      fc.property(anyPositiveDecimal(), fc.option(anyPositiveDecimal()), (amount, fee) => {
        const parts = { amount: ltc(amount), memberId: 'm', ...(fee ? { fee: ltc(fee) } : {}) };
        const booked = POSTINGS[kind](parts).map((leg) => leg.amount);
        expect(Amount.sum('LTC', booked).isZero()).toBe(true);
        expect(booked.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});

test('a settlement without a fee, or with none, books no expense', () => {
  for (const fee of [undefined, ltc('0')]) {
    const parts = { amount: ltc('10'), memberId: 'm', ...(fee && { fee }) };
    expect(legs('SETTLE', parts)).toEqual({
      'user:m:in_flight': '10',
      company: '10',
      'user:m:payable': '-10',
      'pool:hashdam': '-10',
    });
  }
});

test('the member bears no fee', () => {
  const { 'user:m:in_flight': taken, 'user:m:payable': owed } = TABLE.SETTLE;
  expect(`-${taken}`).toBe(owed);
});

test.each(POSTING_KINDS.filter((kind) => kind !== 'COLLECT'))('%s is of a member, or is not booked', (kind) => {
  expect(() => POSTINGS[kind]({ amount: ltc('1') })).toThrow(TypeError);
});

test('a fee of another coin is never added', () => {
  const fee = Amount.parse('DOGE', '1');
  expect(() => POSTINGS.SETTLE({ amount: ltc('1'), memberId: 'm', fee })).toThrow(TypeError);
});
