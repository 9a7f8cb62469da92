import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { TransactionRecord, WalletRecord } from '#server/wallets/wallet.repository.ts';

/** Another address each time; its checksum is nobody's business in these tests. */
export const anAddress = (): string => `0x${newId().replaceAll('-', '').padStart(40, '0')}`;

export function aWallet(changes: Partial<WalletRecord> = {}): WalletRecord {
  const at = new Date();
  return {
    id: newId(),
    memberId: `member-${newId()}`,
    address: anAddress(),
    sealedKey: 'v1:k1:bm9uY2U=:dGFn:c2VhbGVk',
    status: 'active',
    pauseReason: null,
    createdAt: at,
    updatedAt: at,
    ...changes,
  };
}

export function aTransaction(walletId: string, changes: Partial<TransactionRecord> = {}): TransactionRecord {
  return {
    attemptId: newId(),
    walletId,
    kind: 'transfer',
    amount: Amount.parse('BSC:BNB', '0.5'),
    to: anAddress(),
    status: 'submitted',
    txid: null,
    token: null,
    error: null,
    ...changes,
  };
}
