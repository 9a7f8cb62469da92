import { z } from 'zod';
import { findVerdict, optional, parseJson, words } from '#server/provider-transport/index.ts';
import type { TransitReport } from '#server/wallets/wallet-provider.port.ts';
import { MBLOCK_REFUSALS } from './refusals.ts';
import { transactionHash, transitToken } from './replies.ts';

const callback = z.object({
  result: z.boolean(),
  token: transitToken,
  txidFee: z.unknown().optional(),
  txidToken: z.unknown().optional(),
  message: optional(words).catch(null),
});

/** Null when the body is not a callback of the vendor's. An odd field beside what makes it one takes nothing else with it. */
export function readTransitCallback(body: string): TransitReport | null {
  const read = callback.safeParse(readJson(body));
  if (!read.success) return null;
  const { result, token, txidFee, txidToken, message } = read.data;
  return {
    succeeded: result,
    token,
    gasTxid: hashIn(txidFee),
    tokenTxid: hashIn(txidToken),
    message,
    failedBeforeExecution: !result && !isNamed(txidFee) && !isNamed(txidToken) && saysNothingRan(message),
  };
}

const hashIn = (field: unknown): string | null => transactionHash.safeParse(field).data ?? null;

/** What cannot be read as a hash may still stand for a transaction. */
const isNamed = (field: unknown): boolean => field !== undefined && field !== null && field !== '';

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
