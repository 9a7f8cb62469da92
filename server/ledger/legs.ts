import { Amount } from '#server/kernel/amount.ts';
import type { Account } from './accounts.ts';

/** One line of a movement: above zero a debit, below zero a credit. */
export interface Leg {
  readonly account: Account;
  readonly amount: Amount;
}

export const debit = (account: Account, amount: Amount): Leg => ({ account, amount });
export const credit = (account: Account, amount: Amount): Leg => ({ account, amount: amount.negated() });

/** One leg for each account, none of nothing, in the order of the accounts' codes. */
export function tidy(legs: readonly Leg[]): Leg[] {
  const byCode = new Map<string, Leg>();
  for (const leg of legs) {
    const before = byCode.get(leg.account.code);
    byCode.set(leg.account.code, before ? debit(leg.account, before.amount.plus(leg.amount)) : leg);
  }
  return [...byCode.values()]
    .filter(({ amount }) => !amount.isZero())
    .sort((a, b) => (a.account.code < b.account.code ? -1 : 1));
}

export const lesser = (a: Amount, b: Amount): Amount => (b.isLessThan(a) ? b : a);
/** A sum that fell below zero counts as nothing to take from. */
export const atLeastZero = (amount: Amount): Amount => (amount.isNegative() ? Amount.zero(amount.asset) : amount);
