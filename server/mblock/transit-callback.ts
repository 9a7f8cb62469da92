import { z } from 'zod';
import { findVerdict, optional, parseJson } from '#server/provider-transport/index.ts';
import { MBLOCK_REFUSALS } from './refusals.ts';
import { transactionHash, transitToken } from './replies.ts';

/** What the vendor posted about a transit. It carries no signature: every word of it needs proof from the chain. */
export interface TransitCallback {
  readonly succeeded: boolean;
  readonly token: string;
  /** The gas leg; null when no gas was needed. */
  readonly gasTxid: string | null;
  /** The token leg; null when it did not run. */
  readonly tokenTxid: string | null;
  readonly message: string | null;
  /** It failed with a listed text that says nothing ran, and names no transaction at all. */
  readonly failedBeforeExecution: boolean;
}

const callback = z.object({
  result: z.boolean(),
  token: transitToken,
  txidFee: optional(transactionHash),
  txidToken: optional(transactionHash),
  message: optional(z.string().max(1000)),
});

/** Null when the body is not a callback of the vendor's. */
export function readTransitCallback(body: string): TransitCallback | null {
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
