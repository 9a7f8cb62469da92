import type { WithdrawalView } from './contract.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { AttemptStatus, LegStatus, WithdrawalKind } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

type Leg = WithdrawalView['legs'][number];

const PAYING_LEG: Readonly<Record<AttemptStatus, LegStatus>> = {
  dispatching: 'moving',
  submitted: 'moving',
  'pending-transit': 'moving',
  unknown: 'unknown',
  not_executed: 'waiting',
  confirmed: 'done',
};

/** The way the coins take, read off the last attempt, by kind. */
export function withdrawalLegs(
  withdrawal: Withdrawal,
  attempts: readonly PayoutAttempt[],
  handover: ReportedHandover | null,
): Leg[] {
  return WAYS[withdrawal.kind](withdrawal, attempts.at(-1), handover);
}

/** The platform's word that the member was paid, and who gave it. */
export interface ReportedHandover {
  readonly reference: string;
  readonly reportedBy: string;
  readonly at: Date;
}

type Way = (withdrawal: Withdrawal, last: PayoutAttempt | undefined, handover: ReportedHandover | null) => Leg[];

/**
 * The pool pays the company account and no further; the member is paid by the platform, outside, so the second leg is
 * `done` by what was reported and by nothing that happens here.
 */
const mining: Way = (withdrawal, last, handover) => [
  paying({ no: 1, from: 'pool', to: 'company' }, withdrawal, last),
  handover
    ? {
        ...{ no: 2, from: 'company', to: 'member', status: 'done', reference: handover.reference },
        ...{ at: handover.at.toISOString(), reportedBy: handover.reportedBy },
      }
    : {
        ...{ no: 2, from: 'company', to: 'member', reference: null, at: null, reportedBy: null },
        status: endedUnpaid(withdrawal) ? 'failed' : withdrawal.status === 'completed' ? 'external' : 'waiting',
      },
];

const transfer: Way = (withdrawal, last) => [paying({ no: 1, from: 'wallet', to: 'recipient' }, withdrawal, last)];

/** The company's gas first, where the wallet has too little, then the tokens. */
const transit: Way = (withdrawal, last) => [
  {
    ...{ no: 1, from: 'fee_wallet', to: 'wallet' },
    ...{ status: gasLeg(withdrawal, last), reference: last?.feeReference ?? null, at: null, reportedBy: null },
  },
  paying({ no: 2, from: 'wallet', to: 'target' }, withdrawal, last),
];

const WAYS: Readonly<Record<WithdrawalKind, Way>> = { mining, wallet_transfer: transfer, wallet_transit: transit };

const paying = (
  way: Pick<Leg, 'no' | 'from' | 'to'>,
  withdrawal: Withdrawal,
  last: PayoutAttempt | undefined,
): Leg => ({
  ...way,
  status: endedUnpaid(withdrawal) ? 'failed' : last ? PAYING_LEG[last.status] : 'waiting',
  reference: last?.reference ?? null,
  at: (last?.endedAt ?? last?.fencedAt)?.toISOString() ?? null,
  reportedBy: null,
});

function gasLeg(withdrawal: Withdrawal, last: PayoutAttempt | undefined): LegStatus {
  if (last?.feeReference) return 'done';
  if (last?.status === 'confirmed') return 'not_needed';
  return endedUnpaid(withdrawal) ? 'failed' : last ? PAYING_LEG[last.status] : 'waiting';
}

const endedUnpaid = ({ status }: Withdrawal): boolean =>
  status === 'rejected' || status === 'cancelled' || status === 'failed';
