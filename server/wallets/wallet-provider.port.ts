import type { Amount } from '#server/kernel/amount.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { Secret } from '#server/kernel/secret.ts';

/**
 * What wallets need from a custody provider. `contract` is a token's address, null for the chain's own coin, and always
 * comes from the asset registry: a forgotten contract would send the coin instead of the token.
 * Reads throw `DomainError` (`provider.unreachable`, `provider.rejected`); instructions never throw for what the provider did.
 */
export interface WalletProvider {
  /** A lost answer may be repeated: it leaves an orphan wallet, never a payment. */
  createWallet(): Promise<ProviderOutcome<{ readonly address: string; readonly walletKey: Secret }>>;
  /** The address spelled as the chain's own tools do; null when it is none, or its checksum is wrong. */
  canonicalAddress(text: string): string | null;
  /** Plain decimal text, as exact as the provider gave it. */
  readBalance(query: { readonly address: string; readonly contract: string | null }): Promise<string>;
  /** `null` while the chain shows no receipt: that proves nothing. */
  readReceipt(query: { readonly txid: string; readonly contract: string | null }): Promise<ChainReceipt | null>;
  /** The old key dies at once, and the new one is only in the answer. Never sent twice. */
  rotateKey(order: {
    readonly walletKey: Secret;
    readonly beforeFirstByte?: () => void;
  }): Promise<ProviderOutcome<{ readonly walletKey: Secret }>>;
  /** Whether a key still works, asked by moving nothing from the wallet to itself. `undecided` proves nothing. */
  probeKey(query: { readonly walletKey: Secret; readonly address: string }): Promise<'alive' | 'dead' | 'undecided'>;
  /** Null when the body is not a report of the provider's. */
  readTransitReport(body: string): TransitReport | null;
  /** The body as people may see it: no secret in it, and no longer than a reply is kept. */
  showTransitReport(body: string): string;
  transfer(order: TransferOrder): Promise<ProviderOutcome<{ readonly txid: string }>>;
  /** Asynchronous: the answer is a token, the result comes by callback. */
  transit(order: TransitOrder): Promise<ProviderOutcome<{ readonly token: string }>>;
  /** What to add to the provider's times to get ours, in ms, by its last reply; null before the first. */
  clockOffsetMs?(): number | null;
}

/** What was posted about a transit. It carries no signature: every word of it needs proof from the chain. */
export interface TransitReport {
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

export interface ChainReceipt {
  readonly from: string;
  readonly to: string;
  readonly amount: string;
}

export interface TransferOrder {
  readonly walletKey: Secret;
  readonly to: string;
  readonly amount: Amount;
  readonly contract: string | null;
  /**
   * Asked before connecting and again in the tick of the first byte. When it throws nothing is sent, and the outcome is
   * `rejected`, `again`, with the reason `held_back`.
   */
  readonly beforeFirstByte?: () => void;
}

export interface TransitOrder extends TransferOrder {
  /** Where the provider reports the result; unguessable, one for each request. */
  readonly callbackUrl: Secret;
}
