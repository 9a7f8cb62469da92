import type { ActingParty } from '#server/kernel/actor.ts';
import type { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { newId } from '#server/kernel/ids.ts';
import { type Finding, type RiskGate, type RiskSubject, strongest } from '#server/risk/index.ts';
import type { ApprovalRule } from './approval-rule.ts';
import type { WithdrawalSummary } from './contract.ts';
import { withdrawalDigest } from './digest.ts';
import { holdForRisk } from './risk-hold.ts';
import { type DestinationType, RISK_HOLD, type WithdrawalKind } from './statuses.ts';
import { REQUEST_EXPIRES_AFTER_MS, type Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';
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
  readonly #rule: ApprovalRule;
  readonly #risk: RiskGate;
  readonly #clock: Clock;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    mover: WithdrawalMover;
    rule: ApprovalRule;
    risk: RiskGate;
    clock: Clock;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#mover = deps.mover;
    this.#rule = deps.rule;
    this.#risk = deps.risk;
    this.#clock = deps.clock;
  }

  /** Error: `ledger.insufficient_funds`. */
  async open({ amount, reference, ...wish }: Wish, by: ActingParty): Promise<WithdrawalSummary> {
    if (by.type === 'system') throw new TypeError('a withdrawal is asked for by somebody');
    const now = this.#clock.now();
    const findings = await this.#risk.assess(subjectOf({ ...wish, amount }, by), null);
    const { required, policyVersion } = this.#rule.requirementFor(amount);
    const asked = { ...wish, id: newId(), asset: amount.asset, amount: amount.toString(), policyVersion, revision: 1 };
    const withdrawal = this.#withdrawals.create({
      ...asked,
      status: strongest(findings)?.result === 'refuse' ? 'cancelled' : 'pending',
      waitReason: null,
      approvalsRequired: required,
      heldRevision: asked.revision,
      digest: withdrawalDigest(asked),
      reference,
      holdReason: null,
      holdNote: null,
      holdBy: null,
      holdAt: null,
      requestedByType: by.type,
      requestedById: by.id,
      requestedAt: now,
      editedBy: null,
      expiresAt: new Date(now.getTime() + REQUEST_EXPIRES_AFTER_MS),
      approvedAt: null,
      notBefore: null,
      validUntil: null,
      nextAttemptAt: null,
      updatedAt: now,
    });
    await this.#begin(withdrawal, findings, by);
    return withdrawalSummary(withdrawal, [], await this.#withdrawals.names([by.id]));
  }

  async #begin(withdrawal: Withdrawal, findings: readonly Finding[], by: ActingParty): Promise<void> {
    const { asset } = withdrawal;
    const facts = { by, detail: { asset, amount: withdrawal.money().toString() } };
    this.#risk.record(withdrawal, 'request', findings);
    if (withdrawal.status === 'cancelled') {
      await this.#mover.block(withdrawal, { ...facts, reason: RISK_HOLD });
      return;
    }
    await this.#mover.open(withdrawal, facts);
    await holdForRisk(this.#mover, withdrawal, findings);
  }
}

/** What the rules of risk look at. */
export function subjectOf(
  wish: Pick<Wish, 'memberId' | 'amount' | 'destinationAddress' | 'destinationType'>,
  by: ActingParty,
): RiskSubject {
  const { memberId, amount, destinationAddress: address, destinationType: type } = wish;
  return { memberId, amount, destination: { address, type }, ip: by.origin?.ip ?? null };
}
