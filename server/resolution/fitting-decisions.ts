import type { IncidentDecision, IncidentKind } from '#server/incidents/index.ts';
import type { DomainErrorCode } from '#server/kernel/errors.ts';
import type { DestinationType, WithdrawalStatus } from '#server/withdrawals/contract.ts';
import { canMove } from '#server/withdrawals/index.ts';

export interface IncidentFacts {
  readonly kind: IncidentKind;
  readonly withdrawal: {
    readonly status: WithdrawalStatus;
    readonly walletId: string | null;
    readonly destinationType: DestinationType;
    readonly hasOpenAttempt: boolean;
  } | null;
  /** Of the pool's row, where it is about one. */
  readonly rowCompleted: boolean;
}

export interface FittingDecision {
  readonly decision: IncidentDecision;
  readonly allowed: true | DomainErrorCode;
}

/** What may be said of an incident of this kind, and for what may not be said yet, why. */
export function fittingDecisions(facts: IncidentFacts): FittingDecision[] {
  const { kind, withdrawal, rowCompleted } = facts;
  switch (kind) {
    case 'late_success':
      return [of('adopt', whyNotAdopt(facts)), ...(leavesForOutside(withdrawal) ? OUTSIDE : [of('keep', null)])];
    case 'provider_reversed':
      return [of('unsettle', null), of('word_changed', null)];
    case 'unexplained_payout':
      return [of('register', rowCompleted ? null : 'incident.decision_unfit'), of('explain', null)];
    case 'short_funds':
      return [of('write_off', null)];
    default:
      return [of('close', null)];
  }
}

function whyNotAdopt({ withdrawal }: IncidentFacts): DomainErrorCode | null {
  if (!withdrawal) return 'incident.decision_unfit';
  if (withdrawal.hasOpenAttempt) return 'withdrawal.already_dispatched';
  return canMove('adopt', withdrawal.status) ? null : 'incident.decision_unfit';
}

/** Out of a wallet to somebody else: the coins are gone, and the company has nothing for them. */
const leavesForOutside = (withdrawal: IncidentFacts['withdrawal']): boolean =>
  withdrawal?.walletId != null && withdrawal.destinationType !== 'company';

const of = (decision: IncidentDecision, refused: DomainErrorCode | null): FittingDecision => ({
  decision,
  allowed: refused ?? true,
});

const OUTSIDE = [of('write_off', null), of('receivable', null)];
