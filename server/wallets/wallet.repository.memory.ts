import { newId } from '#server/kernel/ids.ts';
import { pageInMemory } from '#server/kernel/memory-page.ts';
import type { Page } from '#server/kernel/wire.ts';
import type { TransactionView, WalletListInput } from './contract.ts';
import type { TransactionQuery, TransactionRecord, WalletRecord, WalletRepository } from './wallet.repository.ts';

/** The same behaviour without a database, for tests of the services. */
export class MemoryWalletRepository implements WalletRepository {
  readonly #wallets = new Map<string, WalletRecord>();
  readonly #transactions = new Map<string, TransactionView>();

  async saveWallet(record: WalletRecord): Promise<void> {
    this.#wallets.set(record.id, record);
  }

  async findWallet(id: string): Promise<WalletRecord | null> {
    return this.#wallets.get(id) ?? null;
  }

  lockWallet(id: string): Promise<WalletRecord | null> {
    return this.findWallet(id);
  }

  async wallets({ filter, ...page }: WalletListInput): Promise<Page<WalletRecord>> {
    const { memberId, status, q } = filter;
    const all = [...this.#wallets.values()]
      .filter((wallet) => (!memberId || wallet.memberId === memberId) && (!status || wallet.status === status))
      .filter((wallet) => !q || wallet.id === q.toLowerCase() || [wallet.memberId, wallet.address].includes(q))
      .map((wallet) => ({ ...wallet, sealedKey: null }));
    return pageInMemory(all, (wallet) => wallet.createdAt.toISOString(), page);
  }

  async logTransaction(record: TransactionRecord): Promise<void> {
    const kept = this.#transactions.get(record.attemptId);
    const now = new Date().toISOString();
    this.#transactions.set(record.attemptId, {
      id: kept?.id ?? newId(),
      walletId: record.walletId,
      kind: record.kind,
      asset: record.amount.asset,
      amount: record.amount.toString(),
      to: record.to,
      status: record.status,
      txid: record.txid ?? kept?.txid ?? null,
      error: record.error,
      createdAt: kept?.createdAt ?? now,
      updatedAt: now,
    });
  }

  async transactions({ walletId, ...page }: TransactionQuery): Promise<Page<TransactionView>> {
    const all = [...this.#transactions.values()].filter((transaction) => transaction.walletId === walletId);
    return pageInMemory(all, (transaction) => transaction.createdAt, page);
  }
}
