import { newId } from '#server/kernel/ids.ts';

/** One row of an entity with every property set, for tests of the mapping. */
export interface Sample {
  readonly row: Readonly<Record<string, unknown>>;
  /** What a row without anything optional must still have. */
  readonly bare?: Readonly<Record<string, unknown>>;
  /** A table whose rows stand in the way. */
  readonly without?: string;
}

const id = newId;
/** Columns keep microseconds, a Date has milliseconds. */
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 12, minute, 0, 123));
/** Every digit a numeric(38,18) has. */
const MOST = '99999999999999999999.999999999999999999';
const LEAST = '0.000000000000000001';
const DIGEST = '0123456789abcdef'.repeat(4);
const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7';
const changes = { createdAt: at(1), updatedAt: at(2) };

const people: Record<string, Sample> = {
  Operator: {
    row: {
      id: id(),
      email: 'kim@example.test',
      emailVerified: true,
      name: '김 Kim',
      image: 'data:,',
      role: 'finance',
      disabledAt: at(3),
      ...changes,
    },
  },
  OperatorAccount: {
    row: {
      id: id(),
      operatorId: id(),
      accountId: 'a',
      providerId: 'credential',
      password: 'hash',
      accessToken: 'access',
      refreshToken: 'refresh',
      idToken: 'id',
      accessTokenExpiresAt: at(3),
      refreshTokenExpiresAt: at(4),
      scope: 'openid',
      ...changes,
    },
  },
  ApiKey: {
    row: {
      id: id(),
      name: 'platform',
      hash: DIGEST,
      scopes: ['read', 'credit'],
      createdBy: id(),
      createdAt: at(1),
      expiresAt: at(2),
      lastUsedAt: at(3),
      revokedAt: at(4),
    },
  },
};

const books: Record<string, Sample> = {
  Asset: {
    row: { asset: 'BSC:TOKEN', chain: 'bsc', contract: ADDRESS, symbol: 'TKN', scale: 18, enabled: true },
    bare: { chain: 'hashdam' },
  },
  AuditEvent: {
    row: {
      id: id(),
      at: at(1),
      actorType: 'operator',
      actorId: id(),
      sessionId: id(),
      requestId: 'request',
      ip: '::1',
      action: 'withdrawal.approved',
      subjectType: 'withdrawal',
      subjectId: id(),
      reason: 'a "reason"',
      before: { status: 'pending', list: [1, null, true] },
      after: ['한국어', { amount: MOST }],
    },
  },
  LedgerTransaction: {
    row: {
      id: id(),
      kind: 'CREDIT',
      asset: 'LTC',
      memberId: 'member',
      withdrawalId: id(),
      attemptId: id(),
      revision: 3,
      source: 'platform',
      reference: 'reference',
      actorType: 'api_key',
      actorId: id(),
      postedAt: at(1),
      effectiveAt: at(2),
    },
    bare: { source: 'platform', reference: 'reference' },
  },
  LedgerEntry: {
    row: { id: id(), transactionId: id(), code: 'company', asset: 'LTC', amount: `-${MOST}` },
  },
};

const withdrawals: Record<string, Sample> = {
  Withdrawal: {
    row: {
      id: id(),
      kind: 'mining',
      memberId: 'member',
      walletId: id(),
      asset: 'LTC',
      amount: MOST,
      destinationAddress: 'treasury@platform.example',
      destinationType: 'account',
      status: 'approved',
      waitReason: 'provider_paused',
      policyVersion: 'p1',
      approvalsRequired: 2,
      revision: 1,
      digest: DIGEST,
      reference: 'reference',
      holdReason: 'fraud',
      holdNote: 'note',
      holdBy: id(),
      holdAt: at(1),
      requestedByType: 'api_key',
      requestedById: id(),
      requestedAt: at(2),
      expiresAt: at(3),
      approvedAt: at(4),
      notBefore: at(5),
      validUntil: at(6),
      nextAttemptAt: at(7),
      updatedAt: at(8),
    },
  },
  WithdrawalApproval: {
    row: { id: id(), withdrawalId: id(), revision: 1, operatorId: id(), digest: DIGEST, note: 'note', at: at(1) },
  },
  PayoutAttempt: {
    row: {
      id: id(),
      withdrawalId: id(),
      no: 1,
      provider: 'hashdam',
      asset: 'LTC',
      amount: LEAST,
      digest: DIGEST,
      status: 'confirmed',
      reference: 'W1',
      worker: 'worker',
      fencedAt: at(1),
      sendBy: at(2),
      leaseUntil: at(3),
      counted: false,
      error: 'error',
      failedSeenAt: at(4),
      looks: 7,
      lookedAt: at(5),
      endedAt: at(6),
      updatedAt: at(7),
    },
    bare: { status: 'dispatching' },
  },
  PayoutEvidence: {
    row: { id: id(), attemptId: id(), kind: 'reply', body: { kind: 'unknown', amount: LEAST }, at: at(1) },
  },
  ProviderState: {
    row: { provider: 'hashdam', pausedAt: at(1), pauseReason: 'key', lastReadAt: at(2) },
    without: 'provider_states',
  },
  Freeze: {
    row: {
      id: id(),
      scope: 'asset',
      target: 'LTC',
      reason: 'reason',
      frozenBy: id(),
      frozenAt: at(1),
      liftProposedBy: id(),
      liftProposedAt: at(2),
      liftedBy: id(),
      liftedAt: at(3),
    },
    bare: { scope: 'asset', target: 'DOGE' },
  },
};

const wallets: Record<string, Sample> = {
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

const mining: Record<string, Sample> = {
  PoolProjectRow: {
    row: { provider: 'hashdam', name: 'Project', account: 'treasury@platform.example', readAt: at(1) },
  },
  PoolHashRateRow: {
    row: {
      provider: 'hashdam',
      at: at(1),
      last24h: MOST,
      last1h: `-${LEAST}`,
      last10m: LEAST,
      efficiency: `-${MOST}`,
      reject: LEAST,
      readAt: at(2),
    },
  },
  MiningBalance: {
    row: {
      id: id(),
      ownerType: 'member',
      ownerId: 'member',
      kind: 'asset',
      asset: 'LTC',
      day: '2028-02-29',
      amount: MOST,
      available: LEAST,
      locked: `-${LEAST}`,
      price: `-${MOST}`,
      readAt: at(1),
    },
  },
  MiningWithdrawal: {
    row: {
      id: id(),
      withdrawalId: id(),
      attemptId: id(),
      attemptNo: 2,
      asset: 'LTC',
      amount: LEAST,
      fee: MOST,
      status: 'completed',
      reference: 'W1',
      rawStatus: 'completed',
      error: 'error',
      ...changes,
    },
  },
};

export const ENTITY_SAMPLES: Readonly<Record<string, Sample>> = {
  ...people,
  ...books,
  ...withdrawals,
  ...wallets,
  ...mining,
};
