import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { type Account, isGuarded } from './accounts.ts';
import type { Leg } from './legs.ts';

/** One line of the books: an account in one asset. */
export interface Line {
  readonly account: Account;
  readonly asset: string;
}

const keyOf = ({ account, asset }: Line): string => `${asset} ${account.code}`;

/** Each line once. */
export const distinct = (lines: readonly Line[]): Line[] => [
  ...new Map(lines.map((line) => [keyOf(line), line])).values(),
];
export const linesOf = (legs: readonly Leg[]): Line[] =>
  legs.map(({ account, amount }) => ({ account, asset: amount.asset }));

/** What lines hold while several movements are booked one after the other, debits above zero. */
export class Tally {
  readonly #sums = new Map<string, Amount>();

  set(line: Line, sum: Amount): void {
    this.#sums.set(keyOf(line), sum);
  }

  holding(line: Line): Amount {
    return this.#sums.get(keyOf(line)) ?? Amount.zero(line.asset);
  }

  /** Throws `ledger.insufficient_funds` when a guarded account, a liability, would owe less than nothing. */
  apply(legs: readonly Leg[]): void {
    for (const { account, amount } of legs) {
      const line = { account, asset: amount.asset };
      const before = this.holding(line);
      const after = added(before, amount);
      if (isGuarded(account) && after.isPositive()) throw overdraft(account, before.negated(), amount);
      this.set(line, after);
    }
  }
}

/** The database refuses it too; here it gets its name. */
const overdraft = ({ bucket }: Account, balance: Amount, asked: Amount): DomainError =>
  new DomainError('ledger.insufficient_funds', `${bucket} holds ${balance}, asked for ${asked}`, {
    detail: { asset: asked.asset, bucket, balance: balance.toString() },
  });

/** A balance that no column can hold is the caller's doing, like any other amount out of range. */
function added(before: Amount, amount: Amount): Amount {
  try {
    return before.plus(amount);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DomainError('input.invalid', 'the books cannot hold an amount so large', { cause });
  }
}
