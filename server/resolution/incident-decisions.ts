import type { DualControl, DualState } from '#server/dual-control/index.ts';
import { type Incident, type IncidentLog, incidentView } from '#server/incidents/index.ts';
import { type ActingParty, type Actor, decides } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import {
  type PayoutAttemptRepository,
  refuse,
  type Withdrawal,
  type WithdrawalRepository,
} from '#server/withdrawals/index.ts';
import type { IncidentDecideInput, IncidentDecideView, IncidentDetailView } from './contract.ts';
import type { Decided } from './decided.ts';
import { type FittingDecision, fittingDecisions } from './fitting-decisions.ts';
import type { IncidentEffects } from './incident-effects.ts';
import type { ListedRows } from './listed-rows.ts';
import { rowOf } from './pool-row.ts';
import { sendsAgain } from './sends-again.ts';
import type { SendsAgain } from './statuses.ts';

/** Two people say what an incident means; what follows is booked in the same commit. */
export class IncidentDecisions {
  readonly #incidents: IncidentLog;
  readonly #withdrawals: WithdrawalRepository;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #dualControl: DualControl;
  readonly #effects: IncidentEffects;
  readonly #listed: ListedRows;

  constructor(deps: {
    incidents: IncidentLog;
    withdrawals: WithdrawalRepository;
    payoutAttempts: PayoutAttemptRepository;
    dualControl: DualControl;
    effects: IncidentEffects;
    listed: ListedRows;
  }) {
    this.#incidents = deps.incidents;
    this.#withdrawals = deps.withdrawals;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#dualControl = deps.dualControl;
    this.#effects = deps.effects;
    this.#listed = deps.listed;
  }

  /**
   * Proposes, or confirms and acts. Errors: `incident.not_found`, `closed`, `decision_unfit`, `decision.differs`,
   * `withdrawal.stale_digest`, and what the books refuse, such as `ledger.insufficient_funds`.
   */
  async decide(input: IncidentDecideInput, by: ActingParty): Promise<IncidentDecideView> {
    const { incident, withdrawal, attempt } = await this.#locked(input.id);
    const fitting = await this.fitting(incident);
    const allowed = fitting.find(({ decision }) => decision === input.decision)?.allowed ?? 'incident.decision_unfit';
    if (allowed !== true) {
      throw new DomainError(allowed, 'this cannot be decided so', { detail: { id: incident.id, kind: incident.kind } });
    }
    // What was held goes back to whom it was held for; the late payment would be booked to whoever the row names now.
    if (input.decision === 'adopt' && withdrawal && (await this.#withdrawals.isChanged(withdrawal)))
      refuse('withdrawal.stale_digest', withdrawal);
    const { id, note, ...body } = input;
    const call = { action: 'incident.decide', subject: { type: 'incident', id }, body, note } as const;
    const decision: DualState = await this.#dualControl.decide(call, by);
    if (decision.state === 'confirmed') {
      await this.#effects.of({ incident, withdrawal, attempt, input, by, proposedBy: decision.proposedBy });
      this.#incidents.close(incident, { resolution: input.decision, note }, by);
      if (withdrawal) await this.#effects.releaseIfDecided(withdrawal, { except: incident.id, by });
    }
    return { decision, closedAt: incident.closedAt?.toISOString() ?? null };
  }

  /** One incident as people see it, with what this person may say of it. Error: `incident.not_found`. */
  async show(id: string, actor: Actor): Promise<IncidentDetailView> {
    const incident = await this.#incidents.get(id);
    const fitting = incident.closedAt ? [] : await this.fitting(incident);
    const mayDecide = actor.type === 'operator' && decides(actor.role);
    return {
      ...incidentView(incident),
      decisions: mayDecide ? fitting : fitting.map((each) => ({ ...each, allowed: 'auth.forbidden' })),
      proposals: await this.#dualControl.views(await this.#dualControl.openAbout([id])),
      sendsAgain: await this.#sendsAgain(incident),
    };
  }

  async #sendsAgain(incident: Incident): Promise<SendsAgain | null> {
    const withdrawal = incident.closedAt ? null : await this.#withdrawalOf(incident);
    // What was changed past the console is not sent, whatever ends.
    if (!withdrawal || (await this.#withdrawals.isChanged(withdrawal))) return null;
    const open = await this.#incidents.findOpen({ withdrawalId: withdrawal.id });
    return sendsAgain(
      withdrawal,
      open.every(({ id }) => id === incident.id),
    );
  }

  /** What may be said of it now. */
  async fitting(incident: Incident): Promise<FittingDecision[]> {
    const withdrawal = await this.#withdrawalOf(incident);
    const row = rowOf(incident);
    return fittingDecisions({
      kind: incident.kind,
      withdrawal: withdrawal && {
        status: withdrawal.status,
        walletId: withdrawal.walletId ?? null,
        destinationType: withdrawal.destinationType,
        hasOpenAttempt: await this.#payoutAttempts.hasOpenAttempt(withdrawal.id),
      },
      rowCompleted: row !== null && (await this.#listed.asNow(row)).status === 'completed',
    });
  }

  async #withdrawalOf({ withdrawalId }: Incident): Promise<Withdrawal | null> {
    return withdrawalId ? this.#withdrawals.get(withdrawalId) : null;
  }

  /** The withdrawal first, as everybody does. */
  async #locked(id: string): Promise<Pick<Decided, 'incident' | 'withdrawal' | 'attempt'>> {
    const { withdrawalId, attemptId } = await this.#incidents.get(id);
    const withdrawal = withdrawalId ? await this.#withdrawals.lock(withdrawalId) : null;
    const attempt = attemptId ? await this.#payoutAttempts.lockAttempt(attemptId) : null;
    return { incident: await this.#incidents.lock(id), withdrawal, attempt };
  }
}
