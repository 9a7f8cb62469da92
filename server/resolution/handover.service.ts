import type { DualControl } from '#server/dual-control/index.ts';
import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { BookedFacts } from '#server/ledger/index.ts';
import {
  readSummary,
  refuse,
  type WithdrawalMover,
  type WithdrawalRepository,
  whyNotReportPaid,
} from '#server/withdrawals/index.ts';
import type { ReportPaidInput, ReportPaidView } from './contract.ts';

/** A clock of the platform's may be ahead of ours by so much. */
const AHEAD_MAX_MS = 5 * 60_000;

/** W29: the member was paid out of the company account, says the platform, or two people. A record, not a payment. */
export class HandoverService {
  readonly #withdrawals: WithdrawalRepository;
  readonly #mover: WithdrawalMover;
  readonly #booked: BookedFacts;
  readonly #incidents: IncidentLog;
  readonly #dualControl: DualControl;
  readonly #clock: Clock;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    mover: WithdrawalMover;
    booked: BookedFacts;
    incidents: IncidentLog;
    dualControl: DualControl;
    clock: Clock;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#mover = deps.mover;
    this.#booked = deps.booked;
    this.#incidents = deps.incidents;
    this.#dualControl = deps.dualControl;
    this.#clock = deps.clock;
  }

  /** Errors: `withdrawal.not_completed`, `already_reported`, `incident_open`, `reference_used`, `input.invalid`. */
  async report(input: Omit<ReportPaidInput, 'idempotencyKey'>, by: ActingParty): Promise<ReportPaidView> {
    const { id, reference } = input;
    const paidAt = new Date(input.paidAt);
    if (paidAt.getTime() > this.#clock.now().getTime() + AHEAD_MAX_MS) {
      throw new DomainError('input.invalid', 'this has not happened yet', { detail: { field: 'paidAt' } });
    }
    const withdrawal = await this.#withdrawals.lock(id);
    const { status, asset } = withdrawal;
    const reported = (await this.#booked.handover(id)) !== null;
    const openIncident = await this.#incidents.isOpen({ withdrawalId: id });
    const amount = await this.#booked.owed(id, asset);
    refuse(whyNotReportPaid({ status, reported, openIncident, owed: amount.isPositive() }, by), withdrawal);
    if (await this.#booked.isReported(asset, reference)) {
      const text = 'another member payment was reported under this reference';
      throw new DomainError('withdrawal.reference_used', text, { detail: { id, reference } });
    }
    const decision =
      by.type === 'api_key'
        ? null
        : await this.#dualControl.decide(
            {
              action: 'withdrawal.report_paid',
              subject: { type: 'withdrawal', id },
              body: { reference, paidAt: paidAt.toISOString() },
              note: `paid to the member: ${reference}`,
            },
            by,
          );
    if (decision?.state !== 'proposed') {
      const validatorId = decision?.proposedBy;
      const posting = { reference, effectiveAt: paidAt, ...(validatorId ? { validatorId } : {}) };
      const detail = { reference, paidAt: paidAt.toISOString(), proposedBy: validatorId ?? null };
      await this.#mover.move(withdrawal, 'report_paid', { by, amount, posting, detail });
    }
    return { decision, withdrawal: await readSummary(this.#withdrawals, withdrawal) };
  }
}
