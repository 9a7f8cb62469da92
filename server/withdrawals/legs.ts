import type { WithdrawalView } from './contract.ts';
import { isEndedUnpaid, isPaidLate, paidOnce } from './paid-once.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { AttemptStatus, LegStatus, PaidOnce, WithdrawalKind, WithdrawalStatus } from './statuses.ts';
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

/** The way the coins take, by kind: read off the attempt that paid where one did, and off the last otherwise. */
export function withdrawalLegs(
  withdrawal: Withdrawal,
  attempts: readonly PayoutAttempt[],
  handover: ReportedHandover | null,
): Leg[] {
  const { kind, status } = withdrawal;
  const paid = paidOnce(withdrawal, attempts);
  const attempt = attemptThatPaid(withdrawal, attempts) ?? attempts.at(-1);
  return WAYS[kind]({ status, paid, attempt, handover });
}

/** Where all is over, a late one that was the only payment: adopted by people, or left where it went. */
function attemptThatPaid({ status }: Withdrawal, attempts: readonly PayoutAttempt[]): PayoutAttempt | undefined {
  const isOver = isEndedUnpaid(status) || status === 'completed';
  const isPaidInTime = attempts.at(-1)?.status === 'confirmed' && status === 'completed';
  return isOver && !isPaidInTime ? attempts.find(isPaidLate) : undefined;
}

/** The platform's word that the member was paid, and who gave it. */
export interface ReportedHandover {
  readonly reference: string;
  readonly reportedBy: string;
  readonly at: Date;
}

/** What the legs are read off. */
interface Gone {
  readonly status: WithdrawalStatus;
  readonly paid: PaidOnce | null;
  readonly attempt: PayoutAttempt | undefined;
  readonly handover: ReportedHandover | null;
}

type Way = (gone: Gone) => Leg[];

/**
 * The pool pays the company account and no further; the member is paid by the platform, outside, so the second leg is
 * `done` by what was reported and by nothing that happens here.
 */
const mining: Way = (gone) => [
  paying({ no: 1, from: 'pool', to: 'company' }, gone),
  gone.handover
    ? {
        ...{ no: 2, from: 'company', to: 'member', status: 'done', reference: gone.handover.reference },
        ...{ at: gone.handover.at.toISOString(), reportedBy: gone.handover.reportedBy },
      }
    : {
        ...{ no: 2, from: 'company', to: 'member', reference: null, at: null, reportedBy: null },
        status: isEndedUnpaid(gone.status) ? 'failed' : gone.status === 'completed' ? 'external' : 'waiting',
      },
];

const transfer: Way = (gone) => [paying({ no: 1, from: 'wallet', to: 'recipient' }, gone)];

/** The company's gas first, where the wallet has too little, then the tokens. */
const transit: Way = (gone) => [
  {
    ...{ no: 1, from: 'fee_wallet', to: 'wallet' },
    ...{ status: gasLeg(gone), reference: gone.attempt?.feeReference ?? null, at: null, reportedBy: null },
  },
  paying({ no: 2, from: 'wallet', to: 'target' }, gone),
];

const WAYS: Readonly<Record<WithdrawalKind, Way>> = { mining, wallet_transfer: transfer, wallet_transit: transit };

const paying = (way: Pick<Leg, 'no' | 'from' | 'to'>, gone: Gone): Leg => ({
  ...way,
  status: gone.paid ?? moved(gone),
  reference: gone.attempt?.reference ?? null,
  at: paidAt(gone)?.toISOString() ?? null,
  reportedBy: null,
});

const paidAt = ({ attempt }: Gone): Date | null | undefined =>
  (attempt && isPaidLate(attempt) ? attempt.lateAt : attempt?.endedAt) ?? attempt?.fencedAt;

function gasLeg(gone: Gone): LegStatus {
  if (gone.attempt?.feeReference) return 'done';
  if (gone.paid || moved(gone) === 'done') return 'not_needed';
  return moved(gone);
}

function moved({ status, attempt }: Gone): LegStatus {
  if (isEndedUnpaid(status)) return 'failed';
  if (status === 'completed' && attempt && isPaidLate(attempt)) return 'done';
  return attempt ? PAYING_LEG[attempt.status] : 'waiting';
}
