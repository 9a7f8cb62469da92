import type { Amount } from '#server/kernel/amount.ts';
import { type Account, gasAccount, memberAccount, receivableAccount, walletAccount } from './accounts.ts';
import { atLeastZero, lesser } from './legs.ts';
import type { PostingParts, PostingSplit } from './posting-parts.ts';
import type { PostingKind } from './statuses.ts';

/** What an account holds at the moment of booking, debits above zero. */
export type Holding = (account: Account) => Amount;

interface Split {
  /** The accounts it depends on; at least one guarded, whose lock makes two bookings follow each other. */
  readonly reads: (parts: PostingParts) => Account[];
  readonly split: (parts: PostingParts, holding: Holding) => PostingSplit;
}

/** Postings whose legs depend on what is there. Worked out under the lock, so that two at once never share a coin. */
export const SPLITS: Readonly<Partial<Record<PostingKind, Split>>> = {
  CREDIT: {
    reads: ({ memberId = '' }) => [memberAccount(memberId, 'available'), receivableAccount(memberId)],
    split: ({ amount, memberId = '' }, holding) => ({
      repaid: lesser(amount, atLeastZero(holding(receivableAccount(memberId)))),
    }),
  },
  REVERSE: {
    reads: ({ memberId = '' }) => [memberAccount(memberId, 'available')],
    split: ({ amount, memberId = '' }, holding) => ({
      owed: atLeastZero(amount.plus(holding(memberAccount(memberId, 'available')))),
    }),
  },
  GAS: {
    reads: ({ walletId = '' }) => [walletAccount(walletId, 'available'), gasAccount(walletId)],
    split: ({ amount, walletId = '' }, holding) => {
      const fromGas = lesser(amount, atLeastZero(holding(gasAccount(walletId)).negated()));
      const own = holding(walletAccount(walletId, 'available')).negated();
      return { fromGas, fromWallet: lesser(amount.minus(fromGas), own) };
    },
  },
};
