import { z } from 'zod';
import { isChainAddress } from '#server/config/chain-address.ts';
import { Secret } from '#server/kernel/secret.ts';
import { decimalText, optional, wholeNumber } from '#server/provider-transport/index.ts';

/** The vendor's answers, method by method. Its field names are kept: they go no further than this folder. */

const head = { result: z.literal(true), message: z.unknown().optional() };
const address = z.string().refine(isChainAddress, 'not an address');
const secret = z
  .string()
  .min(1)
  .max(4096)
  .transform((text) => new Secret(text));
/** Lower case, so that the same transaction is never taken for two. */
export const transactionHash = z
  .string()
  .regex(/^(?:0x)?[0-9a-fA-F]{64}$/, 'not a transaction hash')
  .toLowerCase();
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
