import { at, DIGEST, id, MOST, type Sample } from './sample.ts';

export const decisions: Readonly<Record<string, Sample>> = {
  DualDecision: {
    row: {
      id: id(),
      action: 'withdrawal.resolve',
      subjectType: 'withdrawal',
      subjectId: id(),
      body: { outcome: 'paid', reference: 'W1' },
      bodyHash: DIGEST,
      note: '메모 note',
      proposedBy: id(),
      proposedAt: at(1),
      expiresAt: at(2),
      ending: 'confirmed',
      endedBy: id(),
      endedAt: at(3),
      endNote: 'seen',
    },
  },
  PolicyVersion: {
    row: {
      id: id(),
      no: 2,
      rules: {
        tiers: [
          { approvals: 0, groups: { join: 'all', of: [] }, from: { amounts: [], value: null } },
          {
            approvals: 3,
            groups: { join: 'any', of: [{ group: 'admin', atLeast: 1 }] },
            from: { amounts: [{ asset: 'LTC', amount: MOST }], value: '1000.5' },
          },
        ],
        expiresAfterHours: 24,
        cancelWindowMinutes: 5,
      },
      effectiveFrom: at(1),
      loosens: false,
      note: '메모 note',
      proposedBy: id(),
      confirmedBy: id(),
      confirmedAt: at(0),
      decisionId: id(),
      appliedAt: at(2),
    },
    bare: { no: 1 },
  },
  Incident: {
    row: {
      id: id(),
      kind: 'late_success',
      subject: id(),
      provider: 'hashdam',
      asset: 'LTC',
      amount: MOST,
      withdrawalId: id(),
      attemptId: id(),
      walletId: id(),
      detail: { rows: [1, null] },
      openedAt: at(1),
      closedAt: at(2),
      closedBy: id(),
      resolution: 'keep',
      note: 'note',
    },
  },
};
