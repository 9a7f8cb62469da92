import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditEvent, AuditTrail } from '#server/audit/index.ts';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import { standInOf } from '#server/delegations/index.ts';
import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty, Actor } from '#server/kernel/actor.ts';
import type { BookedFacts, LedgerService, WalletBooks } from '#server/ledger/index.ts';
import type { MiningRepository } from '#server/mining/index.ts';
import type { Finding, RiskGate } from '#server/risk/index.ts';
import type { StandingStop, SystemService } from '#server/system/index.ts';
import { representedBy } from './approval.entity.ts';
import { approverChecks } from './approver-checks.ts';
import type { WaitingView, WithdrawalListInput, WithdrawalPage, WithdrawalView } from './contract.ts';
import { correctable } from './correctable.ts';
import {
  type Releasable,
  type Reportable,
  whyNotApprove,
  whyNotCancel,
  whyNotEdit,
  whyNotHold,
  whyNotReject,
  whyNotRelease,
  whyNotReportPaid,
  whyNotRetry,
} from './decisions.ts';
import { withdrawalLegs } from './legs.ts';
import { isPaidLate, paidOnce } from './paid-once.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import type { Quorums } from './quorum.ts';
import { quorumView } from './quorum-view.ts';
import type { WithdrawalStatus } from './statuses.ts';
import { countWaiting } from './waiting.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import { listWithdrawals } from './withdrawal-list.ts';
import { canMove } from './withdrawal-moves.ts';
import { subjectOf } from './withdrawal-opening.ts';
import { peopleOf, withdrawalSummary } from './withdrawal-summary.ts';

/** What the console and the API see of withdrawals. Looks only. */
export class WithdrawalViews {
  readonly #em: EntityManager;
  readonly #withdrawals: WithdrawalRepository;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #mining: MiningRepository;
  readonly #ledger: LedgerService;
  readonly #walletBooks: WalletBooks;
  readonly #system: SystemService;
  readonly #audit: AuditTrail;
  readonly #incidents: IncidentLog;
  readonly #booked: BookedFacts;
  readonly #quorums: Quorums;
  readonly #risk: RiskGate;

  constructor(deps: {
    em: EntityManager;
    withdrawals: WithdrawalRepository;
    payoutAttempts: PayoutAttemptRepository;
    mining: MiningRepository;
    ledger: LedgerService;
    walletBooks: WalletBooks;
    system: SystemService;
    audit: AuditTrail;
    incidents: IncidentLog;
    booked: BookedFacts;
    quorums: Quorums;
    risk: RiskGate;
  }) {
    this.#em = deps.em;
    this.#withdrawals = deps.withdrawals;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#mining = deps.mining;
    this.#ledger = deps.ledger;
    this.#walletBooks = deps.walletBooks;
    this.#system = deps.system;
    this.#audit = deps.audit;
    this.#incidents = deps.incidents;
    this.#booked = deps.booked;
    this.#quorums = deps.quorums;
    this.#risk = deps.risk;
  }

  list(input: WithdrawalListInput, actor: Actor): Promise<WithdrawalPage> {
    return listWithdrawals(this.#em, input, actor);
  }

  /** How many wait, by status, and how many of them this operator could approve now. */
  waiting(actor: Actor): Promise<WaitingView> {
    return countWaiting(this.#em, actor);
  }

  /** All that an approver must see on one screen. Throws `withdrawal.not_found`. */
  async get(id: string, actor: ActingParty): Promise<WithdrawalView> {
    const withdrawal = await this.#withdrawals.get(id);
    const votes = await this.#withdrawals.votes(withdrawal);
    const attempts = await this.#payoutAttempts.attempts(withdrawal.id);
    const events = await this.#audit.about({ type: 'withdrawal', id: withdrawal.id });
    const handover = await this.#booked.handover(id);
    const people = events.filter(({ actorType }) => actorType !== 'system').map(({ actorId }) => actorId);
    const delegations = await this.#withdrawals.delegations();
    const { standsFor } = standInOf(delegations, actor.id);
    const named = [...peopleOf(withdrawal, votes), ...people, ...(standsFor ? [standsFor.id] : [])];
    const names = await this.#withdrawals.names(named);
    const openIncident = await this.#incidents.isOpen({ withdrawalId: id });
    const facts = {
      ...correctable(withdrawal, { votes, attempts, openIncident }),
      askers: await this.#withdrawals.askers(withdrawal),
      quorum: await this.#quorums.of(withdrawal, votes),
      delegations,
      represented: representedBy(votes),
      reported: handover !== null,
      owed: await this.#isOwed(withdrawal),
    };
    const stop = await this.#stop(withdrawal);
    // By the clock that the decision itself goes by.
    const now = await databaseNow(this.#em);
    const notApproved = whyNotApprove(facts, actor, now);
    const voteRefusal = notApproved ? null : await this.#voteRefusal(withdrawal, actor);
    return {
      ...withdrawalSummary(withdrawal, votes, names),
      hold: toHold(withdrawal),
      stop,
      quorum: await quorumView(this.#em, withdrawal, { facts, actor, now }),
      notBefore: withdrawal.notBefore?.toISOString() ?? null,
      validUntil: withdrawal.validUntil?.toISOString() ?? null,
      nextAttemptAt: withdrawal.nextAttemptAt?.toISOString() ?? null,
      attempts: attempts.map(toAttemptView),
      legs: withdrawalLegs(
        withdrawal,
        attempts,
        handover && { ...handover, reportedBy: names.get(handover.reportedBy) ?? '' },
      ),
      checks: await this.#checks(withdrawal, stop),
      timeline: events.map((event) => toTimelineEntry(event, names)),
      paidOnce: paidOnce(withdrawal, attempts),
      saidByPeople: await this.#isSaidByPeople(attempts.at(-1)),
      votesFor: standsFor && { id: standsFor.id, name: names.get(standsFor.id) ?? '' },
      voteRefusal,
      allowed: {
        approve: notApproved ?? (voteRefusal ? 'risk.refused' : true),
        ...allowed(facts, actor, now),
      },
    };
  }

  /** Of whoever might approve otherwise: what a rule of risk would say of it, so that nobody signs in vain. */
  async #voteRefusal(withdrawal: Withdrawal, by: ActingParty): Promise<VoteRefusal> {
    const subject = subjectOf({ ...withdrawal, amount: withdrawal.money() }, by);
    const finding: Finding | null = await this.#risk.refusalOfVote(withdrawal, subject, by);
    return finding && { rule: finding.rule, threshold: finding.threshold, observed: finding.observed };
  }

  async #checks(withdrawal: Withdrawal, stop: StandingStop | null): Promise<WithdrawalView['checks']> {
    return approverChecks(withdrawal, {
      account: (await this.#mining.project())?.account ?? null,
      stop: stop?.stop ?? null,
      held: await this.#held(withdrawal),
      siblings: await this.#openSiblings(withdrawal),
    });
  }

  /** What would keep it from being sent now; nothing of what has been sent or has ended. */
  async #stop({ status, kind, asset, walletId }: Withdrawal): Promise<StandingStop | null> {
    if (!UNSENT.includes(status)) return null;
    const provider = kind === 'mining' ? 'hashdam' : 'mblock';
    return this.#system.standingStop({ provider, asset, walletId: walletId ?? null });
  }

  /** Only of what has been paid is there anything to ask. */
  async #isOwed({ id, asset, status }: Withdrawal): Promise<boolean> {
    return canMove('report_paid', status) && (await this.#booked.owed(id, asset)).isPositive();
  }

  async #isSaidByPeople(attempt: PayoutAttempt | undefined): Promise<boolean> {
    if (attempt?.kind !== 'mining' || attempt.status !== 'confirmed' || !attempt.closedByPeople) return false;
    const text = 'select 1 from pool_row_claims where attempt_id = ? limit 1';
    return (await sql(this.#em, text, [attempt.id])).length === 0;
  }

  async #held({ memberId, walletId, asset }: Withdrawal): Promise<string> {
    if (walletId) return (await this.#walletBooks.of(walletId, asset)).reserved.toString();
    return (await this.#ledger.balances(memberId)).find((balance) => balance.asset === asset)?.held ?? '0';
  }

  async #openSiblings({ id, memberId }: Withdrawal): Promise<number> {
    const [row] = await sql<{ count: number }>(
      this.#em,
      `select count(*)::int as count from (select 1 from withdrawals where member_id = ? and id <> ?
         and status not in ('completed', 'failed', 'rejected', 'cancelled') limit 100) capped`,
      [memberId, id],
    );
    return row?.count ?? 0;
  }
}

const UNSENT: readonly WithdrawalStatus[] = ['pending', 'approved_pending', 'approved', 'retrying'];

type VoteRefusal = WithdrawalView['voteRefusal'];

/** What else this actor may do with it now, or why not. */
function allowed(facts: Releasable & Reportable, actor: Actor, now: Date): Omit<WithdrawalView['allowed'], 'approve'> {
  return {
    reject: whyNotReject(facts, actor) ?? true,
    cancel: whyNotCancel(facts, actor, now) ?? true,
    hold: whyNotHold(facts, actor) ?? true,
    release: whyNotRelease(facts, actor) ?? true,
    edit: whyNotEdit(facts, actor) ?? true,
    retry: whyNotRetry(facts, actor) ?? true,
    reportPaid: whyNotReportPaid(facts, actor) ?? true,
  };
}

const toHold = ({ holdAt, holdBy, holdNote, holdReason }: Withdrawal): WithdrawalView['hold'] =>
  holdAt ? { reason: holdReason ?? '', note: holdNote ?? '', by: holdBy ?? '', at: holdAt.toISOString() } : null;

const toAttemptView = (attempt: PayoutAttempt): WithdrawalView['attempts'][number] => ({
  id: attempt.id,
  no: attempt.no,
  status: attempt.status,
  reference: attempt.reference ?? null,
  startedAt: attempt.fencedAt.toISOString(),
  endedAt: attempt.endedAt?.toISOString() ?? null,
  error: attempt.error ?? null,
  late: isPaidLate(attempt),
});

function toTimelineEntry(event: AuditEvent, names: ReadonlyMap<string, string>): WithdrawalView['timeline'][number] {
  const { actorType, actorId: id } = event;
  return {
    at: event.at.toISOString(),
    action: event.action,
    by: { type: asActorType(actorType), id, name: names.get(id) ?? (actorType === 'system' ? id : '') },
    reason: event.reason ?? null,
    from: statusIn(event.before),
    to: statusIn(event.after),
    unlisted: isUnlisted(event.after),
  };
}

const asActorType = (type: string) => (type === 'operator' || type === 'api_key' ? type : 'system');

const isUnlisted = (change: unknown): boolean =>
  typeof change === 'object' && change !== null && 'unlisted' in change && change.unlisted === true;

function statusIn(change: unknown): string | null {
  if (typeof change !== 'object' || change === null || !('status' in change)) return null;
  return typeof change.status === 'string' ? change.status : null;
}
