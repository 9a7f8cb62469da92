import { ADDRESS, at, changes, id, LEAST, type Sample } from './sample.ts';

export const wallets: Readonly<Record<string, Sample>> = {
  Wallet: {
    row: {
      id: id(),
      memberId: 'member',
      address: ADDRESS,
      encryptedKey: 'v1:k1:a:b:c',
      status: 'paused',
      pauseReason: 'short_funds',
      observeDueAt: at(3),
      ...changes,
    },
    bare: { status: 'creating' },
  },
  KeyRotation: {
    row: {
      id: id(),
      walletId: id(),
      decisionId: id(),
      status: 'rotated',
      sealedKey: 'v1:k1:a:b:c',
      error: 'error',
      begunAt: at(1),
      leaseUntil: at(2),
      endedAt: at(3),
      updatedAt: at(4),
    },
    bare: { status: 'dispatching' },
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
