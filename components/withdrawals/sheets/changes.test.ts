import { expect, it } from 'vitest';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { changesBetween } from './changes.ts';

const shown: WithdrawalView = {
  id: '019ab000-0000-7000-8000-000000000001',
  kind: 'mining',
  memberId: 'member-1',
  walletId: null,
  asset: 'LTC',
  amount: '1.5',
  destination: { address: 'treasury@example.com', type: 'account' },
  status: 'pending',
  waitReason: null,
  onHold: false,
  stop: null,
  approvals: { required: 2, given: [] },
  reference: null,
  requestedBy: { type: 'api_key', id: 'key', name: 'Platform' },
  requestedAt: '2026-11-23T00:00:00.000Z',
  updatedAt: '2026-11-23T00:00:00.000Z',
  expiresAt: '2026-11-26T00:00:00.000Z',
  hold: null,
  policyVersion: 'v1',
  quorum: null,
  votesFor: null,
  voteRefusal: null,
  notBefore: null,
  digest: 'a'.repeat(64),
  revision: 1,
  validUntil: null,
  nextAttemptAt: null,
  attempts: [],
  legs: [],
  checks: [],
  timeline: [],
  saidByPeople: false,
  paidOnce: null,
  allowed: {
    ...{ approve: true, reject: true, cancel: 'withdrawal.not_yours' },
    ...{ hold: true, release: 'withdrawal.not_on_hold', edit: true, retry: 'withdrawal.not_retryable' },
    reportPaid: 'withdrawal.not_completed',
  },
};

it('names what is different from what was shown', () => {
  const current = { ...shown, amount: '15', revision: 2, destination: { ...shown.destination, address: 'other' } };
  expect(changesBetween(shown, current)).toEqual([
    { field: 'amount', before: '1.5', after: '15' },
    { field: 'destination', before: 'treasury@example.com', after: 'other' },
    { field: 'revision', before: '1', after: '2' },
  ]);
});

it('finds nothing where nothing changed', () => {
  expect(changesBetween(shown, { ...shown, status: 'approved_pending' })).toEqual([]);
});
