import { z } from 'zod';
import { isChainAddress } from '#server/config/chain-address.ts';
import { Secret } from '#server/kernel/secret.ts';
import { canonicalTransaction, isTransactionHash } from '#server/kernel/transaction-hash.ts';
import { decimalText, optional, wholeNumber } from '#server/provider-transport/index.ts';

/** The vendor's answers, method by method. Its field names are kept: they go no further than this folder. */

const head = { result: z.literal(true), message: z.unknown().optional() };
const address = z.string().refine(isChainAddress, 'not an address');
const secret = z
  .string()
  .min(1)
  .max(4096)
  .transform((text) => new Secret(text));
/** The vendor does not say how it spells one; here each has one spelling. */
export const transactionHash = z
  .string()
  .refine(isTransactionHash, 'not a transaction hash')
  .transform(canonicalTransaction);
/** What the vendor calls a transit by. Its form is not documented. */
export const transitToken = z.string().regex(/^[\x21-\x7e]{1,512}$/, 'not a token');

export const balanceOf = z.object({ ...head, amount: decimalText });
export const receiptByHash = z.object({ ...head, from: address, to: address, amount: decimalText });
export const transferByWalletKey = z.object({ ...head, txid: optional(transactionHash) });
export const requestWallet = z.object({ ...head, address, walletKey: secret });
export const refreshWallet = z.object({ ...head, walletKey: secret });
export const transitByWalletKey = z.object({ ...head, token: optional(transitToken) });
export const transitConfig = z.object({
  ...head,
  config: optional(
    z.object({
      fee: optional(decimalText),
      feeWalletKey: optional(secret),
      delay: optional(wholeNumber),
      count: optional(wholeNumber),
      callback: optional(secret),
    }),
  ),
});
