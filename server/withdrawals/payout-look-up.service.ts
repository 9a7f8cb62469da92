import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount, bookable } from '#server/kernel/amount.ts';
import { canonicalJson, type Json } from '#server/kernel/canonical-json.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import { isOf, type PoolRowClaims, type PoolWithdrawal, type PoolWithdrawalQuery } from '#server/mining/index.ts';
import type { SystemService } from '#server/system/index.ts';
import type { AttemptLog } from './attempt-log.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import { orderLook } from './payout-looks.ts';
import { FAILURE_CONFIRMED_AFTER_MS, lookDelayMs, nextUnknownLook } from './payout-policy.ts';
import type { UnresolvedPayouts } from './unresolved-payouts.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

/**
 * Asks the pool's history what became of an attempt that has a name (rule M3), and believes only what fits it.
 * One whose time ran out keeps its name, and is asked for until there is a final word (row A20).
 */
export class PayoutLookUpService {
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #mover: WithdrawalMover;
  readonly #log: AttemptLog;
  readonly #claims: PoolRowClaims;
  readonly #incidents: IncidentLog;
  readonly #unresolved: UnresolvedPayouts;
  readonly #system: SystemService;
  readonly #jobs: JobQueue;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    mover: WithdrawalMover;
    log: AttemptLog;
    claims: PoolRowClaims;
    incidents: IncidentLog;
    unresolved: UnresolvedPayouts;
    system: SystemService;
    jobs: JobQueue;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#mover = deps.mover;
    this.#log = deps.log;
    this.#claims = deps.claims;
    this.#incidents = deps.incidents;
    this.#unresolved = deps.unresolved;
    this.#system = deps.system;
    this.#jobs = deps.jobs;
  }

  /** What to ask, or null when the attempt has its final word. Days around it, because clocks and midnights differ. */
  async question(attemptId: string): Promise<PoolQuestion | null> {
    const attempt = await this.#payoutAttempts.findAttempt(attemptId);
    if (!attempt?.reference || !isAskedFor(attempt)) return null;
    const begunAt = await this.#payoutAttempts.databaseNow();
    const query = {
      asset: attempt.asset,
      fromDay: utcDay(attempt.fencedAt.getTime() - DAY_MS),
      toDay: utcDay(begunAt.getTime() + DAY_MS),
      reference: attempt.reference,
    };
    return { query, begunAt };
  }

  /**
   * The usual answer: the payment is under way, as it was before. Noted in one statement that stands by itself, with the
   * next look. False when there is anything else to it; then `answer` decides.
   */
  async noteUnderWay(attemptId: string, rows: readonly PoolWithdrawal[] | null): Promise<boolean> {
    const attempt = await this.#payoutAttempts.findAttempt(attemptId);
    if (!rows || attempt?.status !== 'submitted' || attempt.failedSeenAt) return false;
    const named = rows.filter(({ reference }) => reference === attempt.reference);
    const [first] = named;
    if (named.some((row) => isFinal(row) || row.status !== first?.status || !isAbout(row, attempt))) return false;
    this.#system.noteRead(attempt.provider);
    return this.#payoutAttempts.noteLook(attempt, lookDelayMs(attempt.looks + 1));
  }

  /** Takes the answer, and schedules the next look itself. */
  async answer(attemptId: string, { rows, begunAt }: PoolAnswer, by: ActingParty): Promise<void> {
    const locked = await this.#payoutAttempts.lockTurn(attemptId);
    if (!locked?.attempt.reference || !isAskedFor(locked.attempt)) return;
    const turn = { ...locked, by };
    const { attempt, now } = turn;
    this.#unresolved.tellAgain(turn);
    attempt.looks += 1;
    attempt.lookedAt = now;
    if (!rows) return this.#lookAgain(turn);
    this.#system.noteRead(attempt.provider);
    const named = rows.filter(({ reference }) => reference === attempt.reference);
    const [row] = named;
    const contradicts = named.some((each) => each.status !== row?.status || !isAbout(each, attempt));
    if (!row || (!contradicts && !isFinal(row))) {
      attempt.failedSeenAt = null;
      return this.#lookAgain(turn);
    }
    if (await this.#isWithPeople(attempt)) return this.#lookAgain(turn);
    if (contradicts) return this.#contradicted(turn, named);
    if (row.status === 'failed') return this.#failed(turn, row, begunAt);
    if (await this.#isOurs(attempt, named, by)) return this.#complete(turn, row);
    return this.#contradicted(turn, named);
  }

  /** What contradicted itself once is people's, whatever it says now. */
  #isWithPeople({ id }: PayoutAttempt): Promise<boolean> {
    return this.#incidents.isOpen({ kind: 'history_contradicts', attemptId: id });
  }

  /** A row is one payment's. One that was bound by its amount is bound already, to the same attempt. */
  async #isOurs(attempt: PayoutAttempt, rows: readonly PoolWithdrawal[], by: ActingParty): Promise<boolean> {
    for (const row of rows) {
      const byName = { how: 'bound', attemptId: attempt.id, byName: true } as const;
      if (!(await this.#claims.claim(row, byName, by))) return false;
    }
    return true;
  }

  async #complete({ withdrawal, attempt, now, by }: Turn, row: PoolWithdrawal) {
    this.#keep(attempt, row, now);
    attempt.move('proven', now);
    const fee = Amount.fromDecimal(attempt.asset, row.fee);
    const detail = { reference: row.reference, fee: fee.toString() };
    await this.#mover.move(withdrawal, 'confirmed', { by, attemptId: attempt.id, posting: { fee }, detail });
    await this.#log.write(withdrawal, attempt, { fee: fee.toString(), rawStatus: row.rawStatus });
  }

  /** A8: believed when it is read twice, the second time begun well after the first was over. The first is only noted. */
  async #failed(turn: Turn, row: PoolWithdrawal, begunAt: Date) {
    const { withdrawal, attempt, now, by } = turn;
    const firstSeen = attempt.failedSeenAt;
    if (!firstSeen || begunAt.getTime() - firstSeen.getTime() < FAILURE_CONFIRMED_AFTER_MS) {
      attempt.failedSeenAt = firstSeen ?? now;
      await this.#look(turn, new Date(attempt.failedSeenAt.getTime() + FAILURE_CONFIRMED_AFTER_MS));
      return;
    }
    this.#keep(attempt, row, now);
    attempt.error = row.message ?? row.rawStatus;
    attempt.move('failed_at_provider', now);
    const facts = { by, attemptId: attempt.id, reason: attempt.error };
    await this.#mover.move(withdrawal, 'failed_at_provider', facts);
    await this.#log.write(withdrawal, attempt, { rawStatus: row.rawStatus });
  }

  async #lookAgain(turn: Turn) {
    const { attempt, now } = turn;
    if (attempt.status === 'unknown') {
      await this.#look(turn, nextUnknownLook(attempt.updatedAt, now));
      return;
    }
    if (now < attempt.deadlineAt) {
      await this.#look(turn, new Date(now.getTime() + lookDelayMs(attempt.looks)));
      return;
    }
    await this.#lose(turn, 'no_final_word');
  }

  /** The pool says several things under one name, or another thing than was asked for: people look. */
  async #contradicted(turn: Turn, rows: readonly PoolWithdrawal[]) {
    const { withdrawal, attempt, now, by } = turn;
    const kind = 'history_contradicts';
    // In an order of their own: that the pool lists them in another one is nothing new.
    const texts = rows.map((row) => canonicalJson(JSON.parse(JSON.stringify(row)) as Json)).toSorted();
    const opened = await this.#incidents.openUnlessClosed(
      {
        ...{ kind, subject: attempt.id, provider: attempt.provider, amount: attempt.money() },
        ...{
          withdrawalId: withdrawal.id,
          attemptId: attempt.id,
          detail: { rows: texts.map((text) => JSON.parse(text) as Json) },
        },
      },
      by,
    );
    if (opened) for (const row of rows) this.#keep(attempt, row, now);
    if (attempt.status === 'unknown') await this.#lookAgain(turn);
    else await this.#lose(turn, kind);
  }

  /** A9 and W22: nothing moves. */
  async #lose(turn: Turn, reason: string) {
    const { withdrawal, attempt, now, by } = turn;
    attempt.error = reason;
    attempt.move('no_final_word', now);
    await this.#mover.move(withdrawal, 'no_final_word', { by, attemptId: attempt.id, reason });
    await this.#log.write(withdrawal, attempt);
    await this.#look(turn, nextUnknownLook(now, now));
  }

  #look({ attempt, now }: Turn, at: Date): Promise<void> {
    return orderLook(this.#jobs, attempt, { now, at });
  }

  #keep(attempt: PayoutAttempt, row: PoolWithdrawal, at: Date): void {
    const body = JSON.parse(JSON.stringify(row)) as Json;
    this.#payoutAttempts.addEvidence({ id: newId(), attemptId: attempt.id, kind: 'history', body, at });
  }
}

export interface PoolQuestion {
  readonly query: PoolWithdrawalQuery;
  /** The database's time before it is asked. */
  readonly begunAt: Date;
}

export interface PoolAnswer {
  /** Null when the pool could not be read, which proves nothing. */
  readonly rows: readonly PoolWithdrawal[] | null;
  /** The database's time before it was asked. */
  readonly begunAt: Date;
}

/** One attempt being looked at: both rows locked, at one instant, for one actor. */
interface Turn {
  readonly withdrawal: Withdrawal;
  readonly attempt: PayoutAttempt;
  readonly now: Date;
  readonly by: ActingParty;
}

const DAY_MS = 86_400_000;
const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const isFinal = ({ status }: PoolWithdrawal): boolean => status === 'completed' || status === 'failed';

/** A row counts for an attempt by its name, coin and amount, all three, and by figures that can be booked. */
const isAbout = (row: PoolWithdrawal, attempt: PayoutAttempt): boolean =>
  isOf(row, attempt.money()) && bookable(row.asset, row.fee)?.isNegative() === false;

const isAskedFor = ({ provider, status }: PayoutAttempt): boolean =>
  provider === 'hashdam' && (status === 'submitted' || status === 'unknown');
