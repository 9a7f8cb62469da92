import type { WithdrawalView } from './contract.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { AttemptStatus, LegStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

const FIRST_LEG: Readonly<Record<AttemptStatus, LegStatus>> = {
  dispatching: 'moving',
  submitted: 'moving',
  'pending-transit': 'moving',
  unknown: 'unknown',
  not_executed: 'waiting',
  confirmed: 'done',
};

/**
 * The way the coins take, read off the last attempt. The pool pays the company account and no further; the member is paid
 * by the platform, outside, so the second leg is never `done` by anything that happens here.
 */
export function withdrawalLegs(withdrawal: Withdrawal, attempts: readonly PayoutAttempt[]): WithdrawalView['legs'] {
  const last = attempts.at(-1);
  const ended = withdrawal.status === 'rejected' || withdrawal.status === 'cancelled' || withdrawal.status === 'failed';
  const first = last ? FIRST_LEG[last.status] : 'waiting';
  return [
    {
      no: 1,
      from: 'pool',
      to: 'company',
      status: ended ? 'failed' : first,
      reference: last?.reference ?? null,
      at: (last?.endedAt ?? last?.fencedAt)?.toISOString() ?? null,
    },
    {
      no: 2,
      from: 'company',
      to: 'member',
      status: ended ? 'failed' : withdrawal.status === 'completed' ? 'external' : 'waiting',
      reference: null,
      at: null,
    },
  ];
}
