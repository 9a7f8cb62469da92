import type { ProviderName } from '#server/kernel/provider-outcome.ts';

/** One thing a simulator really did, whether or not anybody was told. */
export interface JournalEntry {
  /** From 1, in order of execution. */
  readonly seq: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly provider: ProviderName;
  readonly method: string;
  /** `requested` and `gas` are parts of a transit; a payout is whatever is `executed`. */
  readonly step: 'executed' | 'requested' | 'gas';
  /** The coin's symbol, the token's contract, or null where the call has none. `BNB` is the chain's own coin. */
  readonly asset: string | null;
  readonly amount: string | null;
  /** withdrawId, txid, token, swapId, chargeId or address. */
  readonly reference: string;
  readonly from?: string;
  readonly to?: string;
}
