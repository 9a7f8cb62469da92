import { ADDRESS, at, id, MOST, type Sample } from './sample.ts';

/** A row that refers to its own table. */
const ITSELF = id();

export const books: Readonly<Record<string, Sample>> = {
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
      outcome: 'refused',
      subjectType: 'withdrawal',
      subjectId: id(),
      reason: 'a "reason"',
      before: { status: 'pending', list: [1, null, true] },
      after: ['한국어', { amount: MOST }],
      mac: 'a'.repeat(64),
    },
  },
  LedgerTransaction: {
    row: {
      id: ITSELF,
      kind: 'REVERSE',
      asset: 'LTC',
      memberId: 'member',
      walletId: id(),
      withdrawalId: id(),
      attemptId: id(),
      revision: 3,
      source: 'platform',
      reference: 'reference',
      reversesId: ITSELF,
      incidentId: id(),
      reason: 'a "reason"',
      actorType: 'api_key',
      actorId: id(),
      validatorId: id(),
      postedAt: at(1),
      effectiveAt: at(2),
    },
    bare: { kind: 'COLLECT', source: 'platform', reference: 'reference' },
  },
  LedgerEntry: {
    row: { id: id(), transactionId: id(), code: 'company', asset: 'LTC', amount: `-${MOST}` },
  },
};
