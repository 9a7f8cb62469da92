import type { Secret } from '#server/kernel/secret.ts';
import { canonicalDecimal, plainDecimal, rawJsonNumber } from '#server/provider-transport/index.ts';

/** How a transit is run. The vendor takes it stored, with the request, or in parts from both. */
export interface TransitConfig {
  /** BNB put into the wallet as gas, plain decimal text. */
  readonly fee: string;
  readonly feeWalletKey: Secret;
  /** Seconds between two checks. */
  readonly delay: number;
  /** How many checks. */
  readonly count: number;
  /** Where the result is posted; its path is what proves the sender. */
  readonly callback: Secret;
}

export function invalidConfig({ fee, delay, count }: TransitConfig): string | null {
  const plain = plainDecimal(fee);
  if (plain === null || plain.startsWith('-')) return 'fee_invalid';
  return Number.isSafeInteger(delay) && delay > 0 && Number.isSafeInteger(count) && count > 0 ? null : 'checks_invalid';
}

/** As it goes on the wire: `fee` is the one amount that is a JSON number, written digit for digit. */
export function wireConfig({ fee, feeWalletKey, delay, count, callback }: TransitConfig): object {
  return {
    fee: rawJsonNumber(canonicalDecimal(fee)),
    feeWalletKey: feeWalletKey.reveal(),
    delay,
    count,
    callback: callback.reveal(),
  };
}

export function secretsOf({ feeWalletKey, callback }: TransitConfig): readonly Secret[] {
  return [feeWalletKey, callback];
}
