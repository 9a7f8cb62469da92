import type { Amount } from '#server/kernel/amount.ts';
import type { Page } from '#server/kernel/wire.ts';
import type { TransactionView, WalletListInput } from './contract.ts';
import type { TransactionKind, TransactionStatus, WalletStatus } from './statuses.ts';

/** A wallet as it is kept. `sealedKey` is what `WalletKeyCipher` made of its key. */
export interface WalletRecord {
  readonly id: string;
  readonly memberId: string;
  readonly address: string | null;
  readonly sealedKey: string | null;
  readonly status: WalletStatus;
  /** Why it is paused, as far as it was said. */
  readonly pauseReason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The provider's side of one attempt to move something out of a wallet. */
export interface TransactionRecord {
  readonly attemptId: string;
  readonly walletId: string;
  readonly kind: TransactionKind;
  readonly amount: Amount;
  readonly to: string;
  readonly status: TransactionStatus;
  readonly txid: string | null;
  readonly token: string | null;
  readonly error: string | null;
}

/** What wallets keep. Held to one specification (`wallet.repository.spec.ts`) in memory and on Postgres. */
export interface WalletRepository {
  /** Inserts, or replaces the row of the same id. */
  saveWallet(record: WalletRecord): Promise<void>;
  findWallet(id: string): Promise<WalletRecord | null>;
  /** The same as it stands now; nobody else changes it before the session's transaction ends. */
  lockWallet(id: string): Promise<WalletRecord | null>;
  /** Newest first. */
  wallets(query: WalletListInput): Promise<Page<WalletRecord>>;
  /** Inserts, or updates the row of the same attempt; a txid or token once known is never lost again. */
  logTransaction(record: TransactionRecord): Promise<void>;
  /** Newest first. */
  transactions(query: TransactionQuery): Promise<Page<TransactionView>>;
}

export interface TransactionQuery {
  readonly walletId: string;
  readonly cursor: string | null;
  readonly limit: number;
}
