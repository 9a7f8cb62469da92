import { ADDRESS, at, id, MOST, type Sample } from './sample.ts';

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
