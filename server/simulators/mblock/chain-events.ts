/** Everything that changes the simulated chain and its wallets. Amounts are decimal text, times epoch milliseconds. */
export type ChainEvent =
  | {
      readonly type: 'wallet';
      readonly atMs: number;
      readonly address: string;
      readonly walletKey: string;
      readonly fee?: boolean;
    }
  | { readonly type: 'refreshed'; readonly atMs: number; readonly address: string; readonly walletKey: string }
  /** By control: what an address holds from now on. `asset` is `BNB` or a contract. */
  | {
      readonly type: 'balance';
      readonly atMs: number;
      readonly address: string;
      readonly asset: string;
      readonly amount: string;
    }
  | ChainTransfer
  | TransitRequest
  /** The transit is over and its callback decided; what was moved stands in transfers of its token. */
  | { readonly type: 'transit_done'; readonly atMs: number; readonly token: string }
  | { readonly type: 'config'; readonly atMs: number; readonly config: StoredConfig }
  /** By control: a transaction the chain does not show any more, or shows again. */
  | { readonly type: 'receipt_hidden'; readonly atMs: number; readonly txid: string; readonly hidden: boolean };

/** A transaction on the chain; the sender pays `gas` in BNB. */
export interface ChainTransfer {
  readonly type: 'transfer';
  readonly atMs: number;
  readonly txid: string;
  readonly from: string;
  readonly to: string;
  readonly asset: string;
  readonly amount: string;
  readonly gas: string;
  /** What made it: a transfer, or one leg of a transit. */
  readonly leg: 'transfer' | 'gas' | 'tokens';
}

export interface TransitRequest {
  readonly type: 'transit';
  readonly atMs: number;
  readonly token: string;
  readonly from: string;
  readonly to: string;
  readonly asset: string;
  readonly amount: string;
  readonly fee: string;
  readonly feeAddress: string;
  readonly callback: string;
  /** How the result is reported, when not as it should be. */
  readonly fault: string | null;
  readonly faultDelayMs: number;
}

export interface StoredConfig {
  readonly fee?: string | undefined;
  readonly feeWalletKey?: string | undefined;
  readonly delay?: number | undefined;
  readonly count?: number | undefined;
  readonly callback?: string | undefined;
}
