import { Amount, bookable } from '#server/kernel/amount.ts';
import type { ChainReceipt } from '#server/wallets/index.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import { type WalletBalances, walletBalancesIn } from './wallet-balances.ts';

/** The chain's own coin: what gas is paid with, and what no receipt shows. */
export const BNB = 'BSC:BNB';
/** No transaction of ours costs more gas than this; a greater fall is something else. */
export const GAS_MAX = Amount.parse(BNB, '0.002');

type Ordered = Pick<PayoutAttempt, 'asset' | 'amount' | 'toAddress' | 'before'>;

/** Whether a receipt shows the payment that was ordered. The token is the one it was asked for by. */
export function fits(receipt: ChainReceipt, order: Ordered, from: string): boolean {
  const amount = bookable(order.asset, receipt.amount);
  return (
    isSameAddress(receipt.from, from) &&
    isSameAddress(receipt.to, order.toAddress) &&
    amount?.equals(Amount.fromDecimal(order.asset, order.amount)) === true
  );
}

/** Addresses differ in nothing but the case of their checksum. */
export const isSameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * By how much more than the payment itself the wallet's BNB fell since the fence: the gas. Null when it cannot have been
 * gas, because nothing is known of before or after, or because a deposit or a top-up lies in between.
 */
export function gasPaid(order: Ordered, now: WalletBalances | null): Amount | null {
  const before = walletBalancesIn(order.before)?.get(BNB);
  const after = now?.get(BNB);
  if (!before || !after) return null;
  const paid = order.asset === BNB ? Amount.fromDecimal(BNB, order.amount) : Amount.zero(BNB);
  const gas = before.minus(after).minus(paid);
  return isGas(gas) ? gas : null;
}

export const isGas = (fall: Amount): boolean => fall.isPositive() && !GAS_MAX.isLessThan(fall);

/**
 * Whether a wallet has lost more of an asset than a payment of its own that failed on the chain may have burnt as gas:
 * then coins left it.
 */
export function hasLost({ asset, amount }: Ordered, { had, has }: { had: Amount; has: Amount }): boolean {
  const fall = had.minus(has);
  if (!fall.isPositive()) return false;
  const isPayment = asset === had.asset && !fall.isLessThan(Amount.fromDecimal(asset, amount));
  return isPayment || had.asset !== BNB || !isGas(fall);
}
