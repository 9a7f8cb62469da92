import type { Amount } from '#server/kernel/amount.ts';
import { type Account, COMPANY, type MemberBucket, memberAccount, POOL, POOL_FEE, UNDISTRIBUTED } from './accounts.ts';

export const POSTING_KINDS = ['COLLECT', 'CREDIT', 'HOLD', 'RELEASE', 'DISPATCH', 'RETURN', 'SETTLE'] as const;
export type PostingKind = (typeof POSTING_KINDS)[number];

/** One line of a movement: above zero a debit, below zero a credit. */
export interface Leg {
  readonly account: Account;
  readonly amount: Amount;
}

export interface PostingParts {
  readonly amount: Amount;
  /** Whose money it is; every posting but COLLECT has one. */
  readonly memberId?: string;
  /** What the provider kept on top, borne by the company. */
  readonly fee?: Amount;
}

/** The book-keeping rules, one entry for each kind: what is debited, what is credited. Fees are booked on top. */
export const POSTINGS: Readonly<Record<PostingKind, (parts: PostingParts) => Leg[]>> = {
  COLLECT: ({ amount }) => [debit(POOL, amount), credit(UNDISTRIBUTED, amount)],
  CREDIT: (parts) => [debit(UNDISTRIBUTED, parts.amount), credit(member(parts, 'available'), parts.amount)],
  HOLD: (parts) => between(parts, 'available', 'held'),
  RELEASE: (parts) => between(parts, 'held', 'available'),
  DISPATCH: (parts) => between(parts, 'held', 'in_flight'),
  RETURN: (parts) => between(parts, 'in_flight', 'held'),
  SETTLE: (parts) => {
    const { amount, fee } = parts;
    const paid = [
      debit(member(parts, 'in_flight'), amount),
      debit(COMPANY, amount),
      credit(member(parts, 'payable'), amount),
      credit(POOL, fee ? amount.plus(fee) : amount),
    ];
    return fee && !fee.isZero() ? [...paid, debit(POOL_FEE, fee)] : paid;
  },
};

const between = (parts: PostingParts, from: MemberBucket, to: MemberBucket): Leg[] => [
  debit(member(parts, from), parts.amount),
  credit(member(parts, to), parts.amount),
];

const debit = (account: Account, amount: Amount): Leg => ({ account, amount });
const credit = (account: Account, amount: Amount): Leg => ({ account, amount: amount.negated() });

function member({ memberId }: PostingParts, bucket: MemberBucket): Account {
  if (!memberId) throw new TypeError('this posting needs a member');
  return memberAccount(memberId, bucket);
}
