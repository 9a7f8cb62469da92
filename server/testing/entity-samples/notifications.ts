import { at, id, MOST, type Sample } from './sample.ts';

export const notifications: Readonly<Record<string, Sample>> = {
  NotificationEvent: {
    row: {
      id: id(),
      at: at(1),
      type: 'withdrawal.failed',
      severity: 'warning',
      forPeople: true,
      subjectType: 'withdrawal',
      subjectId: id(),
      withdrawalId: id(),
      memberId: 'member',
      asset: 'LTC',
      amount: MOST,
      target: 'treasury@platform.example',
      requestedAt: at(2),
      attempts: 0,
      fromStatus: 'approved',
      toStatus: 'failed',
      reason: 'reason',
    },
  },
};
