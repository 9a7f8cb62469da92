import { type AssetRegistry, refuseTooFine } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { Announcer } from '#server/notifications/index.ts';
import type { Finding, RiskGate } from '#server/risk/index.ts';
import type { WithdrawalEditInput, WithdrawalHoldInput, WithdrawalNoteInput, WithdrawalSummary } from './contract.ts';
import { correctable } from './correctable.ts';
import { type Correctable, refuse, whyNotEdit, whyNotHold, whyNotRelease, whyNotRetry } from './decisions.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import { asksForStrictest, holdForRisk } from './risk-hold.ts';
import { tryNow } from './try-now.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';
import { canMove } from './withdrawal-moves.ts';
import { subjectOf } from './withdrawal-opening.ts';
import type { WithdrawalScreening } from './withdrawal-screening.ts';
import { readSummary } from './withdrawal-summary.ts';

/** A hold that stands for so long is brought to people's notice, and again after as long. */
const HOLD_REMINDER_MS = 24 * 3_600_000;

/** What people do to a withdrawal beside deciding it: stop it, correct it, try it again, write something down. */
export class WithdrawalCorrections {
  readonly #withdrawals: WithdrawalRepository;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #mover: WithdrawalMover;
  readonly #assets: AssetRegistry;
  readonly #incidents: IncidentLog;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;
  readonly #jobs: JobQueue;
  readonly #risk: RiskGate;
  readonly #screening: WithdrawalScreening;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    payoutAttempts: PayoutAttemptRepository;
    mover: WithdrawalMover;
    assets: AssetRegistry;
    incidents: IncidentLog;
    audit: AuditTrail;
    notifications: Announcer;
    jobs: JobQueue;
    risk: RiskGate;
    screening: WithdrawalScreening;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#mover = deps.mover;
    this.#assets = deps.assets;
    this.#incidents = deps.incidents;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
    this.#jobs = deps.jobs;
    this.#risk = deps.risk;
    this.#screening = deps.screening;
  }

  /** W8: no votes and no sending until it is released. Errors: `withdrawal.on_hold`, `already_dispatched`, `already_decided`. */
  async hold({ id, reason, note }: WithdrawalHoldInput, by: ActingParty): Promise<WithdrawalSummary> {
    const { withdrawal, facts } = await this.#locked(id);
    refuse(whyNotHold(facts, by), withdrawal);
    const at = withdrawal.now();
    await this.#mover.move(withdrawal, 'hold', { by, reason: note, detail: { hold: reason } });
    withdrawal.hold({ reason, note, by: by.id, at });
    await this.#remindLater(id, at);
    return readSummary(this.#withdrawals, withdrawal);
  }

  /** Tells people of a hold that stands for long, and comes back for as long as it stands. */
  async remindOfHold(id: string): Promise<void> {
    const { holdAt, holdNote, asset, ...withdrawal } = await this.#withdrawals.get(id);
    if (!holdAt) return;
    const now = await this.#payoutAttempts.databaseNow();
    if (now.getTime() - holdAt.getTime() >= HOLD_REMINDER_MS) {
      this.#notifications.announce({
        type: 'withdrawal.hold_aged',
        subject: { type: 'withdrawal', id },
        reason: holdNote ?? undefined,
        about: { withdrawalId: id, asset, amount: withdrawal.amount },
      });
    }
    await this.#remindLater(id, now);
  }

  async #remindLater(withdrawalId: string, from: Date): Promise<void> {
    const startAfter = new Date(from.getTime() + HOLD_REMINDER_MS);
    await this.#jobs.send('withdrawal.hold-aged', { withdrawalId }, { startAfter });
  }

  /** Goes on where it stood. Errors: `withdrawal.not_on_hold`, `incident_open`, `self_approval`, `auth.newcomer`. */
  async release(id: string, by: ActingParty): Promise<WithdrawalSummary> {
    const { withdrawal, facts } = await this.#locked(id);
    const askers = await this.#withdrawals.askers(withdrawal);
    const delegations = await this.#withdrawals.delegations();
    refuse(whyNotRelease({ ...facts, askers, delegations }, by), withdrawal);
    await this.#mover.release(withdrawal, { by, detail: { hold: withdrawal.holdReason ?? null } });
    if (canMove('dispatch', withdrawal.status)) await this.#tryNow(withdrawal);
    return readSummary(this.#withdrawals, withdrawal);
  }

  /** A line of the record, nothing else. Errors: `withdrawal.not_found`. */
  async note({ id, text }: WithdrawalNoteInput, by: ActingParty): Promise<WithdrawalSummary> {
    const withdrawal = await this.#withdrawals.get(id);
    this.#audit.record({ action: 'withdrawal.noted', subject: { type: 'withdrawal', id }, by, reason: text });
    return readSummary(this.#withdrawals, withdrawal);
  }

  /**
   * W9: another amount, and everybody votes again; member, asset and target stay what they are. Whoever edits does not
   * approve. Errors: `auth.newcomer`, `amount.scale`, `ledger.insufficient_funds`, `withdrawal.already_dispatched`, `same_content`,
   * `stale_digest`, `risk.refused`.
   */
  async edit({ id, amount, reason }: WithdrawalEditInput, by: ActingParty): Promise<WithdrawalSummary> {
    const { withdrawal, facts } = await this.#locked(id);
    refuse(whyNotEdit(facts, by), withdrawal);
    await this.#refuseChanged(withdrawal);
    const asset = await this.#assets.enabled(withdrawal.asset);
    const newAmount = Amount.parse(asset.asset, amount);
    refuseTooFine(newAmount, asset);
    const before = withdrawal.money();
    if (newAmount.equals(before)) throw new DomainError('withdrawal.same_content', 'this is the amount it has');
    const findings = await this.#risk.assessChange(subjectOf({ ...withdrawal, amount: newAmount }, by), id);
    withdrawal.editedBy = by.id;
    if (asksForStrictest(findings)) withdrawal.escalated = true;
    const detail = { amountBefore: before.toString(), amount: newAmount.toString() };
    await this.#mover.move(withdrawal, 'edit', { by, reason, newAmount, detail });
    await this.#found(withdrawal, 'edit', findings);
    return readSummary(this.#withdrawals, withdrawal);
  }

  /** W26 and W26b. Errors: `withdrawal.outcome_unknown`, `already_dispatched`, `incident_open`, `on_hold`, `not_retryable`, `stale_digest`, `risk.refused`. */
  async retry(id: string, by: ActingParty): Promise<WithdrawalSummary> {
    const { withdrawal, facts } = await this.#locked(id);
    refuse(whyNotRetry(facts, by), withdrawal);
    if (canMove('reopen', withdrawal.status)) {
      await this.#refuseChanged(withdrawal);
      const findings = await this.#risk.assessChange(subjectOf({ ...withdrawal, amount: withdrawal.money() }, by), id);
      if (asksForStrictest(findings)) withdrawal.escalated = true;
      await this.#mover.move(withdrawal, 'reopen', { by });
      await this.#found(withdrawal, 'reopen', findings);
    } else {
      await this.#mover.move(withdrawal, 'retry_now', { by, detail: { waited: withdrawal.waitReason ?? null } });
      await this.#tryNow(withdrawal);
    }
    return readSummary(this.#withdrawals, withdrawal);
  }

  async #found(withdrawal: Withdrawal, moment: 'edit' | 'reopen', findings: readonly Finding[]): Promise<void> {
    this.#risk.record(withdrawal, moment, findings);
    await holdForRisk(this.#mover, withdrawal, { findings });
    await this.#screening.begin(withdrawal, findings);
  }

  #tryNow(withdrawal: Withdrawal): Promise<void> {
    return tryNow(withdrawal, { payoutAttempts: this.#payoutAttempts, jobs: this.#jobs });
  }

  /** What somebody wrote past the console would be voted on as if it had been asked for. */
  async #refuseChanged(withdrawal: Withdrawal): Promise<void> {
    if (await this.#withdrawals.isChanged(withdrawal)) refuse('withdrawal.stale_digest', withdrawal);
  }

  async #locked(id: string): Promise<{ withdrawal: Withdrawal; facts: Correctable }> {
    const withdrawal = await this.#withdrawals.lock(id);
    const votes = await this.#withdrawals.votes(withdrawal);
    const attempts = await this.#payoutAttempts.attempts(id);
    const openIncident = await this.#incidents.isOpen({ withdrawalId: id });
    return { withdrawal, facts: correctable(withdrawal, { votes, attempts, openIncident }) };
  }
}
