import { refuseNewcomer } from '#server/dual-control/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { PolicyBook, Requirement } from '#server/policies/index.ts';
import { type Finding, type RiskGate, type RiskSubject, SCREENING_PENDING, strongest } from '#server/risk/index.ts';
import type { ApprovalEnd } from './approval-end.ts';
import type { WithdrawalSummary } from './contract.ts';
import { withdrawalDigest } from './digest.ts';
import { asksForStrictest, holdForRisk } from './risk-hold.ts';
import { type DestinationType, RISK_HOLD, type WithdrawalKind } from './statuses.ts';
import type { VoterShortages } from './voter-shortages.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';
import type { WithdrawalScreening } from './withdrawal-screening.ts';
import { withdrawalSummary } from './withdrawal-summary.ts';

/** What is asked for, once everything that may refuse it has been looked at. */
export interface Wish {
  readonly kind: WithdrawalKind;
  readonly memberId: string;
  readonly walletId: string | null;
  readonly amount: Amount;
  readonly destinationAddress: string;
  readonly destinationType: DestinationType;
  readonly reference: string | null;
}

/**
 * W1 for every kind: the row, its digest, what it takes to approve it, and the money set aside. A rule of risk that says
 * no makes it W2 instead: the row is kept as cancelled, with what the rule saw, and nothing was set aside.
 */
export class WithdrawalOpening {
  readonly #withdrawals: WithdrawalRepository;
  readonly #mover: WithdrawalMover;
  readonly #risk: RiskGate;
  readonly #screening: WithdrawalScreening;
  readonly #policies: PolicyBook;
  readonly #approvalEnd: ApprovalEnd;
  readonly #shortages: VoterShortages;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    mover: WithdrawalMover;
    risk: RiskGate;
    screening: WithdrawalScreening;
    policies: PolicyBook;
    approvalEnd: ApprovalEnd;
    shortages: VoterShortages;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#mover = deps.mover;
    this.#risk = deps.risk;
    this.#screening = deps.screening;
    this.#policies = deps.policies;
    this.#approvalEnd = deps.approvalEnd;
    this.#shortages = deps.shortages;
  }

  /** Who asks is one of the people it takes. Errors: `auth.newcomer`, `ledger.insufficient_funds`. */
  async open({ amount, reference, ...wish }: Wish, by: ActingParty): Promise<WithdrawalSummary> {
    if (by.type === 'system') throw new TypeError('a withdrawal is asked for by somebody');
    refuseNewcomer(by);
    const { findings, at } = await this.#risk.assess(subjectOf({ ...wish, amount }, by), null);
    const { requirement, escalated } = await this.#place(amount, findings);
    const { version: policyVersion, tier, needs, expiresAfterHours } = requirement;
    const asked = { ...wish, id: newId(), asset: amount.asset, amount: amount.toString(), policyVersion, revision: 1 };
    const withdrawal = this.#withdrawals.create({
      ...asked,
      status: strongest(findings)?.result === 'refuse' ? 'cancelled' : 'pending',
      waitReason: null,
      ...{ policyTier: tier, approvalsRequired: needs.approvals, escalated, expiresAfterHours },
      heldRevision: asked.revision,
      digest: withdrawalDigest(asked),
      reference,
      holdReason: null,
      holdNote: null,
      holdBy: null,
      holdAt: null,
      requestedByType: by.type,
      requestedById: by.id,
      requestedAt: at,
      editedBy: null,
      expiresAt: at,
      approvedAt: null,
      notBefore: null,
      validUntil: null,
      nextAttemptAt: null,
      updatedAt: at,
    });
    withdrawal.lockedAt(at);
    withdrawal.expiresAt = withdrawal.expiryFrom(at);
    await this.#begin(withdrawal, { findings, requirement }, by);
    return withdrawalSummary(withdrawal, [], await this.#withdrawals.names([by.id]));
  }

  async #begin(withdrawal: Withdrawal, { findings, requirement }: Looked, by: ActingParty): Promise<void> {
    const { asset, escalated } = withdrawal;
    const { version: policyVersion, tier, needs } = requirement;
    const detail = { asset, amount: withdrawal.money().toString(), policyVersion, tier, escalated };
    this.#risk.record(withdrawal, 'request', findings);
    if (withdrawal.status === 'cancelled') {
      await this.#mover.block(withdrawal, { by, detail, reason: RISK_HOLD });
      return;
    }
    await this.#mover.open(withdrawal, { by, detail });
    await holdForRisk(this.#mover, withdrawal, { findings });
    await this.#screening.begin(withdrawal, findings);
    if (needs.approvals === 0 && !withdrawal.holdAt) await this.#approveByPolicy(withdrawal, requirement);
    else await this.#shortages.tell(withdrawal, requirement);
  }

  /** Where nobody would vote, the outside word still needs somebody who waits for it. */
  async #place(amount: Amount, findings: readonly Finding[]) {
    const escalated = asksForStrictest(findings);
    const requirement = await this.#policies.requirementFor({ amount, escalated });
    const isAskedOfNobody = requirement.needs.approvals === 0 && findings.includes(SCREENING_PENDING);
    if (!isAskedOfNobody) return { requirement, escalated };
    return { requirement: await this.#policies.requirementFor({ amount, escalated: true }), escalated: true };
  }

  /** The tier asks nobody: the policy says yes, and the record says that it did. */
  async #approveByPolicy(withdrawal: Withdrawal, { version, tier, cancelWindowMinutes }: Requirement): Promise<void> {
    const facts = { by: THE_POLICY, detail: { policyVersion: version, tier } };
    await this.#approvalEnd.take(withdrawal, cancelWindowMinutes, facts);
  }
}

/** What was found about a wish before it became a withdrawal. */
interface Looked {
  readonly findings: readonly Finding[];
  readonly requirement: Requirement;
}

const THE_POLICY: ActingParty = { type: 'system', id: 'policy' };

/** What the rules of risk look at. */
export function subjectOf(
  wish: Pick<Wish, 'memberId' | 'amount' | 'destinationAddress' | 'destinationType'>,
  by: ActingParty,
): RiskSubject {
  const { memberId, amount, destinationAddress: address, destinationType: type } = wish;
  return { memberId, amount, destination: { address, type }, ip: by.origin?.ip ?? null };
}
