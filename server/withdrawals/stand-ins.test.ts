import { expect, test } from 'vitest';
import { type Votable, whyNotApprove } from './decisions.ts';

const NOW = new Date('2026-11-30T00:00:00.000Z');
const votable = (more: Partial<Votable>): Votable => ({
  ...{ status: 'pending', requestedByType: 'api_key', requestedById: 'key', editedBy: null, hasOpenAttempt: false },
  ...{ expiresAt: new Date('2026-12-01T00:00:00.000Z'), voters: [], askers: [], represented: [] },
  quorum: {
    needs: { approvals: 2, groups: { join: 'all', of: [] } },
    votes: { finance: 0, admin: 0, either: 0 },
    ...{ tightened: false, authors: [] },
  },
  delegations: [{ delegatorId: 'away', delegatorRole: 'admin', delegateId: 'stand-in' }],
  ...more,
});
const by = (id: string) => ({ type: 'operator', id, role: 'finance', sessionId: 's' }) as const;

test('nobody stands in for the author of a loosened policy on its first day', () => {
  const { quorum } = votable({});
  const loosened = votable({ quorum: { ...quorum, authors: ['away'] } });
  expect(whyNotApprove(loosened, by('stand-in'), NOW)).toBe('withdrawal.delegator_excluded');
  expect(whyNotApprove(loosened, by('colleague'), NOW)).toBeNull();
});

test('nobody stands in for somebody in whose name another one has voted', () => {
  const voted = votable({ voters: ['before'], represented: ['away'] });
  expect(whyNotApprove(voted, by('stand-in'), NOW)).toBe('withdrawal.pair_voted');
  expect(whyNotApprove(voted, by('colleague'), NOW)).toBeNull();
});

test('with a key that the delegator had been shown, the stand-in could have asked', () => {
  expect(whyNotApprove(votable({ askers: ['away'] }), by('stand-in'), NOW)).toBe('withdrawal.delegator_excluded');
});
