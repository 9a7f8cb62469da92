import { defineEntity, p } from '@mikro-orm/core';
import { column } from '#server/database/columns.ts';
import type { TransactionKind, TransactionStatus, WalletStatus } from './statuses.ts';

const walletSchema = defineEntity({
  name: 'Wallet',
  tableName: 'wallets',
  properties: {
    id: column.id(),
    memberId: column.text(),
    address: column.text().nullable(),
    /** The spending key, sealed by `wallet-key-cipher.ts`; in no view, log, error or audit row. */
    encryptedKey: column.text().nullable().hidden(),
    status: column.text().$type<WalletStatus>(),
    pauseReason: column.text().nullable(),
    /** Counted by the database: every posting to its chain account, every end of a payout from or to it. */
    version: p.integer().default(0),
    /** When the books are next compared with the chain. */
    observeDueAt: column.instant().defaultRaw('now()'),
    createdAt: column.instant(),
    updatedAt: column.instant(),
  },
});

export class Wallet extends walletSchema.class {}
walletSchema.setClass(Wallet);

const transactionSchema = defineEntity({
  name: 'WalletTransaction',
  tableName: 'wallet_transactions',
  properties: {
    id: column.id(),
    walletId: column.uuid(),
    attemptId: column.uuid(),
    kind: column.text().$type<TransactionKind>(),
    asset: column.text(),
    amount: column.amount(),
    toAddress: column.text(),
    status: column.text().$type<TransactionStatus>(),
    txid: column.text().nullable(),
    token: column.text().nullable(),
    error: column.text().nullable(),
    createdAt: column.instant(),
    updatedAt: column.instant(),
  },
});

export class WalletTransaction extends transactionSchema.class {}
transactionSchema.setClass(WalletTransaction);
