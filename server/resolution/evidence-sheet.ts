import { z } from 'zod';
import type { AuditTrail } from '#server/audit/index.ts';
import type { DualControl, DualDecision } from '#server/dual-control/index.ts';
import { type IncidentLog, incidentView } from '#server/incidents/index.ts';
import { type ActingParty, type Actor, decides } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError, type DomainErrorCode } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { Announcer } from '#server/notifications/index.ts';
import {
  type CallbackSheet,
  type PayoutAttempt,
  type PayoutAttemptRepository,
  type PayoutEvidence,
  readSummary,
  type ShownCallback,
  type WithdrawalRepository,
} from '#server/withdrawals/index.ts';
import type { AttachEvidenceInput, EscalateInput, EvidenceView, RecheckView } from './contract.ts';
import type { ListedRows } from './listed-rows.ts';
import type { QuietPeriod } from './quiet-period.ts';
import type { UnknownAttempts } from './unknown-attempt.ts';

type AttemptSheet = EvidenceView['attempts'][number];

/** What people see of a payment that is in doubt, and what they add to it. */
export class EvidenceSheets {
  readonly #withdrawals: WithdrawalRepository;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #unknown: UnknownAttempts;
  readonly #listed: ListedRows;
  readonly #callbacks: CallbackSheet;
  readonly #dualControl: DualControl;
  readonly #incidents: IncidentLog;
  readonly #notifications: Announcer;
  readonly #audit: AuditTrail;
  readonly #jobs: JobQueue;
  readonly #clock: Clock;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    payoutAttempts: PayoutAttemptRepository;
    unknown: UnknownAttempts;
    listed: ListedRows;
    callbacks: CallbackSheet;
    dualControl: DualControl;
    incidents: IncidentLog;
    notifications: Announcer;
    audit: AuditTrail;
    jobs: JobQueue;
    clock: Clock;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#unknown = deps.unknown;
    this.#listed = deps.listed;
    this.#callbacks = deps.callbacks;
    this.#dualControl = deps.dualControl;
    this.#incidents = deps.incidents;
    this.#notifications = deps.notifications;
    this.#audit = deps.audit;
    this.#jobs = deps.jobs;
    this.#clock = deps.clock;
  }

  /** Everything that is known of a withdrawal's attempts. Error: `withdrawal.not_found`. */
  async show(id: string, actor: Actor): Promise<EvidenceView> {
    const withdrawal = await this.#withdrawals.get(id);
    const attempts = await this.#payoutAttempts.attempts(id);
    const sheets: AttemptSheet[] = [];
    for (const attempt of attempts) sheets.push(await this.#sheet(attempt));
    const last = attempts.at(-1);
    const similar = last ? await this.#payoutAttempts.similarAttempts(last) : [];
    const incidents = await this.#incidents.about(id);
    const proposals = await this.#dualControl.openAbout([id, ...incidents.map((incident) => incident.id)]);
    const period = sheets.find(({ status }) => status === 'unknown')?.quietPeriod ?? null;
    return {
      withdrawal: await readSummary(this.#withdrawals, withdrawal),
      attempts: sheets,
      unlisted: last ? await this.#unlisted(last, proposals) : [],
      similar: await this.#similar(similar),
      incidents: incidents.map(incidentView),
      proposals: await this.#dualControl.views(proposals),
      allowed: allowedOf(withdrawal.status === 'manual-review' ? period : null, actor),
    };
  }

  /** Text or links that a person found, for ever. Errors: `withdrawal.not_found`, `evidence_missing`. */
  async attach({ id, attemptId, name, text }: AttachEvidenceInput, by: ActingParty): Promise<{ evidenceId: string }> {
    const attempts = await this.#payoutAttempts.attempts((await this.#withdrawals.get(id)).id);
    if (!attempts.some((attempt) => attempt.id === attemptId)) {
      throw new DomainError('withdrawal.evidence_missing', 'this is no attempt of the withdrawal', { detail: { id } });
    }
    const evidenceId = newId();
    const at = this.#clock.now();
    const body = { name, text, by: by.id };
    this.#payoutAttempts.addEvidence({ id: evidenceId, attemptId, kind: 'document', body, at });
    const after = { attempt: attemptId, evidence: evidenceId };
    this.#record('withdrawal.evidence_attached', id, { by, reason: name, after });
    return { evidenceId };
  }

  /** Looks at the provider again now, and not at the next turn. Error: `withdrawal.not_unknown`. */
  async recheck(id: string, by: ActingParty): Promise<RecheckView> {
    const attempts = await this.#payoutAttempts.attempts((await this.#withdrawals.get(id)).id);
    const open = attempts.find(({ status }) => LOOKED_UP.includes(status));
    if (!open) throw new DomainError('withdrawal.not_unknown', 'nothing of this is open', { detail: { id } });
    this.#record('withdrawal.rechecked', id, { by, after: { attempt: open.id } });
    return { attemptId: open.id, jobId: await this.#jobs.send('payout.look-up', { attemptId: open.id }) };
  }

  /** Tells everybody who is told of grave things. Error: `withdrawal.not_found`. */
  async escalate({ id, note }: EscalateInput, by: ActingParty): Promise<{ id: string }> {
    const { asset, memberId, ...withdrawal } = await this.#withdrawals.get(id);
    this.#record('withdrawal.escalated', id, { by, reason: note, after: { memberId } });
    this.#notifications.announce({
      type: 'withdrawal.escalated',
      subject: { type: 'withdrawal', id },
      reason: note,
      about: { withdrawalId: id, asset, amount: withdrawal.amount },
    });
    return { id };
  }

  async #sheet(attempt: PayoutAttempt): Promise<AttemptSheet> {
    const evidence = await this.#payoutAttempts.evidence(attempt.id);
    const period = attempt.status === 'unknown' ? await this.#unknown.quietPeriod(attempt, evidence) : null;
    return {
      ...attemptFacts(attempt),
      sender: await this.#unknown.senderOf(attempt),
      evidence: evidence.map(evidenceRow),
      callbacks: attempt.kind === 'wallet_transit' ? (await this.#callbacks.of(attempt)).map(callbackRow) : [],
      taken: attempt.kind === 'mining' ? await this.#listed.takenOf(attempt, namesIn(evidence)) : [],
      quietPeriod: period && quietView(period),
    };
  }

  async #unlisted(attempt: PayoutAttempt, proposals: readonly DualDecision[]): Promise<string[]> {
    if (attempt.kind !== 'mining') return [];
    const named = proposals.flatMap(({ body }) => referenceIn(body));
    const rows = await Promise.all(named.map((reference) => this.#listed.row(attempt, reference)));
    return named.filter((_reference, at) => !rows[at]);
  }

  async #similar(attempts: readonly PayoutAttempt[]): Promise<EvidenceView['similar']> {
    const rows = await Promise.all(attempts.map(({ withdrawalId }) => this.#withdrawals.get(withdrawalId)));
    return attempts.map((attempt, at) => ({
      withdrawalId: attempt.withdrawalId,
      attemptId: attempt.id,
      memberId: rows[at]?.memberId ?? '',
      status: attempt.status,
      fencedAt: attempt.fencedAt.toISOString(),
    }));
  }

  #record(action: string, id: string, entry: Omit<Parameters<AuditTrail['record']>[0], 'action' | 'subject'>): void {
    this.#audit.record({ action, subject: { type: 'withdrawal', id }, ...entry });
  }
}

const LOOKED_UP: readonly PayoutAttempt['status'][] = ['submitted', 'pending-transit', 'unknown'];
const METHODS = {
  mining: 'assetWithdrawRequest',
  wallet_transfer: 'transferByWalletKey',
  wallet_transit: 'transitByWalletKey',
} as const;

const instant = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

/** The hash of a transit's callback secret is left behind: no view has a place for it. */
function attemptFacts(
  attempt: PayoutAttempt,
): Omit<AttemptSheet, 'sender' | 'evidence' | 'callbacks' | 'taken' | 'quietPeriod'> {
  const { id, no, status, kind, provider, asset, worker, looks, closedByPeople } = attempt;
  return {
    ...{ id, no, status, kind, provider, asset, worker, looks, closedByPeople },
    method: METHODS[kind],
    amount: attempt.money().toString(),
    to: attempt.toAddress,
    reference: attempt.reference ?? null,
    token: attempt.token ?? null,
    feeReference: attempt.feeReference ?? null,
    error: attempt.error ?? null,
    fencedAt: attempt.fencedAt.toISOString(),
    sendBy: attempt.sendBy.toISOString(),
    leaseUntil: attempt.leaseUntil.toISOString(),
    deadlineAt: attempt.deadlineAt.toISOString(),
    endedAt: instant(attempt.endedAt),
    lookedAt: instant(attempt.lookedAt),
    lateAt: instant(attempt.lateAt),
    takenBackAt: instant(attempt.takenBackAt),
    before: attempt.before ?? null,
  };
}

/** The withdrawal ids of the pool's rows among what was seen. */
function namesIn(evidence: readonly PayoutEvidence[]): string[] {
  const rows = evidence.flatMap(({ kind, body }) =>
    kind === 'history' ? (listed.safeParse(body).data?.ofAmount ?? []) : [],
  );
  return [...new Set(rows.map(({ reference }) => reference))];
}

const listed = z.object({ ofAmount: z.array(z.object({ reference: z.string() })) });

const evidenceRow = ({ id, kind, at, body }: PayoutEvidence): AttemptSheet['evidence'][number] => ({
  ...{ id, kind, body },
  at: at.toISOString(),
});

const callbackRow = ({ receivedAt, ...row }: ShownCallback): AttemptSheet['callbacks'][number] => ({
  ...row,
  at: receivedAt.toISOString(),
});

const quietView = ({ from, until, complete, conditions }: QuietPeriod): NonNullable<AttemptSheet['quietPeriod']> => ({
  ...{ complete, conditions: [...conditions] },
  from: from.toISOString(),
  until: until.toISOString(),
});

function allowedOf(period: AttemptSheet['quietPeriod'], actor: Actor): EvidenceView['allowed'] {
  const role = actor.type === 'operator' ? actor.role : null;
  const may = (...codes: (DomainErrorCode | null)[]) =>
    decides(role) ? (codes.find(Boolean) ?? true) : 'auth.forbidden';
  const open = period ? null : 'withdrawal.not_unknown';
  return {
    resolvePaid: may(open),
    resolveNotPaid: may(open, period?.complete ? null : 'withdrawal.quiet_period'),
    attachEvidence: may(),
    recheck: decides(role) || role === 'support' ? (open ?? true) : 'auth.forbidden',
    escalate: decides(role) || role === 'support' ? true : 'auth.forbidden',
  };
}

/** Of a proposal that it was paid. */
function referenceIn(body: unknown): string[] {
  if (typeof body !== 'object' || body === null || !('reference' in body) || !('attempt' in body)) return [];
  return typeof body.reference === 'string' ? [body.reference] : [];
}
