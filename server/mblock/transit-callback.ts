import { z } from 'zod';
import { findVerdict, optional, parseJson, words } from '#server/provider-transport/index.ts';
import type { TransitReport } from '#server/wallets/wallet-provider.port.ts';
import { MBLOCK_REFUSALS } from './refusals.ts';
import { transactionHash, transitToken } from './replies.ts';

const callback = z.object({
  result: z.boolean(),
  token: transitToken,
  txidFee: optional(transactionHash),
  txidToken: optional(transactionHash),
  message: optional(words),
});

/** Null when the body is not a callback of the vendor's. */
export function readTransitCallback(body: string): TransitReport | null {
  const read = callback.safeParse(readJson(body));
  if (!read.success) return null;
  const { result, token, txidFee, txidToken, message } = read.data;
  const named = txidFee !== null || txidToken !== null;
  return {
    succeeded: result,
    token,
    gasTxid: txidFee,
    tokenTxid: txidToken,
    message,
    failedBeforeExecution: !result && !named && saysNothingRan(message),
  };
}

function saysNothingRan(message: string | null): boolean {
  const verdict = message === null ? null : findVerdict(MBLOCK_REFUSALS, message, { amountIsZero: false });
  return verdict !== null && verdict.kind !== 'unknown';
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
