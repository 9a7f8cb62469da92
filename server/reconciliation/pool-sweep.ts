import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { bookable } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import {
  type PoolHistory,
  type PoolHistoryRead,
  type PoolRowClaims,
  type PoolWithdrawal,
  poolRowKey,
} from '#server/mining/index.ts';
import {
  CLOCK_TOLERANCE_MS,
  FAILURE_CONFIRMED_AFTER_MS,
  LATE_HOLD,
  type PayoutAttemptRepository,
  type PayoutRails,
  type PayoutTurn,
  type PoolAttempts,
  type WithdrawalMover,
} from '#server/withdrawals/index.ts';
import { amountsIn, type PoolFinding, poolFindings } from './pool-findings.ts';

type OfAttempt = Exclude<PoolFinding, { kind: 'unexplained' }>;
type Late = Extract<PoolFinding, { kind: 'late' }>;
type TakenBack = Extract<PoolFinding, { kind: 'taken_back' }>;

/** Payments are asked after for so long: until then the pool may still change its mind. */
const ASKED_AFTER_MS = 30 * 86_400_000;

/** Compares a coin's list at the pool with what we know, and opens what people must decide (rule M5, rows A23 and A24). */
export class PoolSweep {
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #attempts: PoolAttempts;
  readonly #mover: WithdrawalMover;
  readonly #rails: PayoutRails;
  readonly #history: PoolHistory;
  readonly #claims: PoolRowClaims;
  readonly #incidents: IncidentLog;
  readonly #jobs: JobQueue;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    attempts: PoolAttempts;
    mover: WithdrawalMover;
    rails: PayoutRails;
    history: PoolHistory;
    claims: PoolRowClaims;
    incidents: IncidentLog;
    jobs: JobQueue;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#attempts = deps.attempts;
    this.#mover = deps.mover;
    this.#rails = deps.rails;
    this.#history = deps.history;
    this.#claims = deps.claims;
    this.#incidents = deps.incidents;
    this.#jobs = deps.jobs;
  }

  /** Outside any transaction: the last days, and once a day the last thirty. Null when it could not be read whole. */
  async read(asset: string): Promise<PoolHistoryRead | null> {
    const now = await this.#payoutAttempts.databaseNow();
    const whole = await this.#history.isWholeDue(asset);
    return this.#history.read({ asset, since: whole ? new Date(now.getTime() - ASKED_AFTER_MS) : now });
  }

  /** Everything that a read shows has been dealt with: if it was of the last thirty days, the next of them is due in a day. */
  async noteTaken({ asset, fromDay, startedAt }: PoolHistoryRead): Promise<void> {
    const isWhole = Date.parse(fromDay) <= startedAt.getTime() - ASKED_AFTER_MS;
    if (isWhole) await this.#history.noteWhole(asset, startedAt);
  }

  /** What a read says that our books do not. Only looks. */
  async findings(read: PoolHistoryRead): Promise<readonly PoolFinding[]> {
    const { asset } = read;
    const references = [...new Set(read.rows.map(({ reference }) => reference))];
    const claims = await this.#claims.of(asset, references);
    const ids = [...claims.values()].flatMap(({ attemptId }) => attemptId ?? []);
    const attempts = await this.#attempts.attemptsAtPool(asset, { references, ids, amounts: amountsIn(read) });
    const watched = await this.#history.watchedSince(asset);
    const first = await this.#attempts.firstFence('hashdam', asset);
    const from = first ? Math.min(watched.getTime(), first.getTime() - CLOCK_TOLERANCE_MS) : watched.getTime();
    return poolFindings(read, { claims, attempts, since: new Date(from) });
  }

  /** Deals with one finding, in a transaction of its own; what is not so any more does nothing. */
  async take(finding: PoolFinding, by: ActingParty): Promise<void> {
    if (finding.kind === 'unexplained') return this.#unexplained(finding.row, by);
    const locked = await this.#payoutAttempts.lockTurn(finding.attemptId);
    if (locked) await this.#takeOf({ ...locked, by }, finding);
  }

  async #takeOf(turn: PayoutTurn, finding: OfAttempt): Promise<void> {
    const { attempt } = turn;
    const isPaid = attempt.status === 'confirmed' || !!attempt.lateAt;
    if (finding.kind === 'contradicted') return this.#contradicted(turn, finding.rows);
    if (finding.kind === 'paid_after_all') attempt.failedSeenAt = null;
    else if (finding.kind === 'late') {
      if (attempt.status === 'not_executed' && !isPaid) await this.#late(turn, finding);
    } else if (isPaid && !attempt.takenBackAt) await this.#takenBack(turn, finding);
  }

  async #unexplained(row: PoolWithdrawal, by: ActingParty): Promise<void> {
    const claims = await this.#claims.of(row.asset, [row.reference]);
    if (claims.has(poolRowKey(row))) return;
    const amount = bookable(row.asset, row.amount);
    await this.#incidents.open(
      {
        ...{ kind: 'unexplained_payout', subject: poolRowKey(row), provider: 'hashdam', asset: row.asset },
        ...(amount ? { amount } : {}),
        detail: plain(row),
      },
      by,
    );
  }

  /** A23 and W27: the coins left the pool although the books say that they did not. What it means, two people say. */
  async #late(turn: PayoutTurn, { row }: Late): Promise<void> {
    const { withdrawal, attempt, now, by } = turn;
    const fee = bookable(row.asset, row.fee);
    if (!fee || fee.isNegative()) return this.#contradicted(turn, [row]);
    const byName = attempt.reference === row.reference;
    if (!byName && (await this.#attempts.referencesOfOthers(attempt, [row.reference])).size > 0) return;
    if (!(await this.#claims.claim(row, { how: 'bound', attemptId: attempt.id, byName }, by))) return;
    attempt.reference = row.reference;
    attempt.lateAt = now;
    attempt.failedSeenAt = null;
    this.#keep(turn, row);
    const why = { reason: LATE_HOLD, note: 'an earlier attempt is shown as paid' };
    if (!withdrawal.holdAt) withdrawal.hold({ ...why, by: by.id, at: now });
    const amount = attempt.money();
    const facts = { by, attemptId: attempt.id, amount, paid: amount, reason: 'shown_as_paid', posting: { fee } };
    await this.#mover.move(withdrawal, 'late', { ...facts, detail: { reference: row.reference, fee: fee.toString() } });
    await this.#rails[attempt.kind].log.write(withdrawal, attempt, { fee: fee.toString(), rawStatus: row.rawStatus });
    await this.#openFor(turn, 'late_success', plain(row));
  }

  /** A24: believed on the second reading, which counts from when it was begun. Nothing is booked before two people have looked. */
  async #takenBack(turn: PayoutTurn, { row, readAt }: TakenBack): Promise<void> {
    const { attempt, now } = turn;
    const first = attempt.failedSeenAt;
    if (!first || readAt.getTime() - first.getTime() < FAILURE_CONFIRMED_AFTER_MS) {
      attempt.failedSeenAt = first ?? now;
      const startAfter = new Date(attempt.failedSeenAt.getTime() + FAILURE_CONFIRMED_AFTER_MS);
      await this.#history.demandWhole(attempt.asset);
      await this.#jobs.send('pool.sweep', { asset: attempt.asset }, { startAfter });
      return;
    }
    attempt.takenBackAt = now;
    this.#keep(turn, row);
    await this.#openFor(turn, 'provider_reversed', plain(row));
  }

  async #contradicted(turn: PayoutTurn, rows: readonly PoolWithdrawal[]): Promise<void> {
    await this.#openFor(turn, 'history_contradicts', { rows: plain(rows) });
  }

  async #openFor(turn: PayoutTurn, kind: Parameters<IncidentLog['open']>[0]['kind'], detail: Json): Promise<void> {
    const { withdrawal, attempt, by } = turn;
    await this.#incidents.openUnlessClosed(
      {
        ...{ kind, subject: attempt.id, provider: attempt.provider, amount: attempt.money(), detail },
        ...{ withdrawalId: withdrawal.id, attemptId: attempt.id },
      },
      by,
    );
  }

  #keep({ attempt, now }: PayoutTurn, row: PoolWithdrawal): void {
    this.#payoutAttempts.addEvidence({
      id: newId(),
      attemptId: attempt.id,
      kind: 'history',
      body: plain(row),
      at: now,
    });
  }
}

const plain = (seen: unknown): Json => JSON.parse(JSON.stringify(seen)) as Json;
