import { z } from 'zod';
import { Amount } from '#server/kernel/amount.ts';
import { amountText } from '#server/kernel/wire.ts';

/** What was on the chain in a wallet at one moment, by asset. */
export type WalletBalances = ReadonlyMap<string, Amount>;

const kept = z.object({ balances: z.array(z.object({ asset: z.string(), amount: amountText })) });
const readOf = z.object({ version: z.int() });

/** Reads back what the fence of a payout out of a wallet kept; null where nothing could be read then. */
export function walletBalancesIn(before: unknown): WalletBalances | null {
  const read = kept.safeParse(before);
  if (!read.success) return null;
  return new Map(read.data.balances.map(({ asset, amount }) => [asset, Amount.parse(asset, amount)]));
}

/** Of which state of the wallet they were read; null where nothing could be read. */
export const walletVersionIn = (before: unknown): number | null => readOf.safeParse(before).data?.version ?? null;
