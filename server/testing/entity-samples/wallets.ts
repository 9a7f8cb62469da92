import { ADDRESS, changes, id, LEAST, type Sample } from './sample.ts';

export const wallets: Readonly<Record<string, Sample>> = {
  Wallet: {
    row: { id: id(), memberId: 'member', address: ADDRESS, encryptedKey: 'v1:k1:a:b:c', status: 'active', ...changes },
    bare: { status: 'creating' },
  },
  WalletTransaction: {
    row: {
      id: id(),
      walletId: id(),
      attemptId: id(),
      kind: 'transit',
      asset: 'BSC:BNB',
      amount: LEAST,
      toAddress: ADDRESS,
      status: 'pending-transit',
      txid: '0x1',
      token: 'token',
      error: 'error',
      ...changes,
    },
  },
};
