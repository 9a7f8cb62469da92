import { Amount } from '#server/kernel/amount.ts';
import type { ChainReceipt } from '#server/wallets/index.ts';
import type { PayoutAttempt } from '#server/withdrawals/index.ts';

/** Whether the chain shows the very payment that was asked for: sender, recipient and amount. */
export function receiptFits(receipt: ChainReceipt, attempt: PayoutAttempt, walletAddress: string): boolean {
  return (
    same(receipt.from, walletAddress) &&
    same(receipt.to, attempt.toAddress) &&
    amountOf(receipt, attempt.asset)?.equals(attempt.money()) === true
  );
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The provider may write any decimal; the books hold 38 digits. */
function amountOf({ amount }: ChainReceipt, asset: string): Amount | null {
  try {
    return Amount.fromDecimal(asset, amount);
  } catch {
    return null;
  }
}
