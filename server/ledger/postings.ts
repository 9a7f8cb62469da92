import { Amount } from '#server/kernel/amount.ts';
import {
  type Account,
  COMPANY,
  chainAccount,
  FEE_WALLET,
  GAS_EXPENSE,
  gasAccount,
  LOSS,
  memberAccount,
  POOL,
  POOL_FEE,
  RECEIVABLE_POOL,
  receivableAccount,
  SUSPENSE_WALLETS,
  UNDISTRIBUTED,
  type WalletBucket,
  walletAccount,
} from './accounts.ts';
import { credit, debit, type Leg } from './legs.ts';
import type { PostingParts, PostingSplit } from './posting-parts.ts';
import type { PostingKind } from './statuses.ts';

type Parts = PostingParts & PostingSplit;

/** The book-keeping rules, one entry for each kind: what is debited, what is credited. Legs of nothing are dropped. */
export const POSTINGS: Readonly<Record<PostingKind, (parts: Parts) => Leg[]>> = {
  COLLECT: ({ amount }) => move(amount, POOL, UNDISTRIBUTED),
  CREDIT: (parts) => {
    const repaid = parts.repaid ?? nothing(parts);
    return [
      debit(UNDISTRIBUTED, parts.amount),
      credit(receivable(parts), repaid),
      credit(payee(parts, 'available'), parts.amount.minus(repaid)),
    ];
  },
  REVERSE: (parts) => {
    const owed = parts.owed ?? nothing(parts);
    return [
      debit(payee(parts, 'available'), parts.amount.minus(owed)),
      debit(receivable(parts), owed),
      credit(UNDISTRIBUTED, parts.amount),
    ];
  },
  HOLD: (parts) => move(parts.amount, owner(parts, 'available'), owner(parts, 'held')),
  RELEASE: (parts) => move(parts.amount, owner(parts, 'held'), owner(parts, 'available')),
  DISPATCH: (parts) => move(parts.amount, owner(parts, 'held'), owner(parts, 'in_flight')),
  RETURN: (parts) => move(parts.amount, owner(parts, 'in_flight'), owner(parts, 'held')),
  SETTLE: (parts) => {
    if (!parts.walletId) {
      return [...move(parts.amount, owner(parts, 'in_flight'), payee(parts, 'payable')), ...fromPool(parts)];
    }
    const left = move(parts.amount, owner(parts, 'in_flight'), chain(parts));
    return parts.toCompany ? [...left, ...move(parts.amount, COMPANY, payee(parts, 'payable'))] : left;
  },
  HANDOVER: (parts) => move(parts.amount, payee(parts, 'payable'), COMPANY),
  OBSERVE: (parts) => move(parts.amount, chain(parts), parts.toGas ? gas(parts) : owner(parts, 'available')),
  SHORT: (parts) => move(parts.amount, SUSPENSE_WALLETS, chain(parts)),
  UNSHORT: (parts) => move(parts.amount, chain(parts), SUSPENSE_WALLETS),
  GAS: (parts) => {
    const { amount, fromGas = nothing(parts), fromWallet = nothing(parts) } = parts;
    return [
      debit(gas(parts), fromGas),
      debit(owner(parts, 'available'), fromWallet),
      debit(GAS_EXPENSE, amount.minus(fromGas).minus(fromWallet)),
      credit(chain(parts), amount),
    ];
  },
  GAS_TOPUP: ({ amount }) => move(amount, GAS_EXPENSE, FEE_WALLET),
  LATE: (parts) => {
    if (!parts.walletId) return fromPool(parts);
    return move(parts.amount, parts.toCompany ? COMPANY : SUSPENSE_WALLETS, chain(parts));
  },
  ADOPT: (parts) => {
    const { amount, walletId, toCompany, writtenOff = nothing(parts) } = parts;
    const taken = debit(owner(parts, 'available'), amount);
    if (walletId && !toCompany) {
      return [taken, credit(LOSS, writtenOff), credit(SUSPENSE_WALLETS, amount.minus(writtenOff))];
    }
    return [taken, credit(payee(parts, 'payable'), amount), ...move(writtenOff, COMPANY, LOSS)];
  },
  UNSETTLE: (parts) => {
    const { amount, walletId, toCompany, handedOver } = parts;
    const owed = handedOver ? [] : [debit(payee(parts, 'payable'), amount)];
    if (!walletId) {
      const free = handedOver ? [] : [credit(owner(parts, 'available'), amount)];
      return [...owed, ...free, ...backToPool(parts)];
    }
    const back = debit(returned(parts), amount);
    if (!toCompany) return [back, credit(owner(parts, 'available'), amount)];
    const free = handedOver ? [] : [credit(owner(parts, 'available'), amount)];
    return [back, ...owed, ...free, credit(COMPANY, amount)];
  },
  UNLATE: (parts) => {
    const { amount, walletId, toCompany, adopted, handedOver, stands } = parts;
    if (walletId && !adopted && stands) {
      return [debit(returned(parts), amount), ...stands.map((leg) => credit(leg.account, leg.amount))];
    }
    const outside = walletId && !toCompany;
    const back = walletId ? move(amount, returned(parts), outside ? SUSPENSE_WALLETS : COMPANY) : backToPool(parts);
    if (!adopted || (handedOver && !outside)) return back;
    return [...back, ...move(amount, outside ? SUSPENSE_WALLETS : payee(parts, 'payable'), owner(parts, 'available'))];
  },
  ADJUST: (parts) => move(parts.amount, named(parts.debit), named(parts.credit)),
  WRITEOFF: (parts) => move(parts.amount, LOSS, named(parts.credit)),
  DEPOSIT: (parts) => move(parts.amount, parts.credited ? owner(parts, 'available') : chain(parts), COMPANY),
};

const move = (amount: Amount, to: Account, from: Account): Leg[] => [debit(to, amount), credit(from, amount)];
const nothing = ({ amount }: Parts): Amount => Amount.zero(amount.asset);

/** The pool pays the company account: the amount and its fee beside it, or the amount with the fee taken out. */
function fromPool({ amount, fee = Amount.zero(amount.asset), feeMode = 'on_top' }: Parts): Leg[] {
  const reached = feeMode === 'inside' ? amount.minus(fee) : amount;
  return [debit(COMPANY, reached), debit(POOL_FEE, fee), credit(POOL, reached.plus(fee))];
}

/** The pool took a payment back. What it does not give back of its fee stays the company's expense. */
function backToPool(parts: Parts): Leg[] {
  const { reached, left, back = left } = parts;
  if (!reached || !back) throw new TypeError('what the payment brought must be looked up first');
  return [debit(returned(parts), back), credit(COMPANY, reached), credit(POOL_FEE, back.minus(reached))];
}

function returned(parts: Parts): Account {
  if (parts.owedByPool) return RECEIVABLE_POOL;
  return parts.walletId ? chain(parts) : POOL;
}

/** Whose money a withdrawal moves: the wallet's, or the member's coins at the pool. */
const owner = (parts: Parts, bucket: WalletBucket): Account =>
  parts.walletId ? walletAccount(parts.walletId, bucket) : payee(parts, bucket);
const payee = ({ memberId }: Parts, bucket: 'available' | 'held' | 'in_flight' | 'payable'): Account =>
  memberAccount(present(memberId, 'member'), bucket);
const receivable = ({ memberId }: Parts): Account => receivableAccount(present(memberId, 'member'));
const chain = ({ walletId }: Parts): Account => chainAccount(present(walletId, 'wallet'));
const gas = ({ walletId }: Parts): Account => gasAccount(present(walletId, 'wallet'));
const named = (account: Account | undefined): Account => present(account, 'named account');

function present<T>(value: T | undefined, what: string): T {
  if (!value) throw new TypeError(`this posting needs a ${what}`);
  return value;
}
