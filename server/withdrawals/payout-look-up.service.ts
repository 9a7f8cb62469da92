import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { PoolWithdrawal, PoolWithdrawalQuery } from '#server/mining/index.ts';
import type { SystemService } from '#server/system/index.ts';
import type { AttemptLog } from './attempt-log.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import { FAILURE_CONFIRMED_AFTER_MS, lookDelayMs } from './payout-policy.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

/** Asks the pool's history what became of an accepted attempt (rule M3 of the docs), and believes only what fits it. */
export class PayoutLookUpService {
  readonly #withdrawals: WithdrawalRepository;
  readonly #mover: WithdrawalMover;
  readonly #log: AttemptLog;
  readonly #system: SystemService;
  readonly #jobs: JobQueue;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    mover: WithdrawalMover;
    log: AttemptLog;
    system: SystemService;
    jobs: JobQueue;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#mover = deps.mover;
    this.#log = deps.log;
    this.#system = deps.system;
    this.#jobs = deps.jobs;
  }

  /** What to ask, or null when the attempt has its final word. Days around it, because clocks and midnights differ. */
  async question(attemptId: string): Promise<PoolWithdrawalQuery | null> {
    const attempt = await this.#withdrawals.findAttempt(attemptId);
    if (attempt?.status !== 'submitted' || !attempt.reference) return null;
    const now = await this.#withdrawals.databaseNow();
    return {
      asset: attempt.asset,
      fromDay: utcDay(attempt.fencedAt.getTime() - DAY_MS),
      toDay: utcDay(now.getTime() + DAY_MS),
      reference: attempt.reference,
    };
  }

  /** Takes the answer; `null` when the pool could not be read, which proves nothing. Schedules the next look itself. */
  async answer(attemptId: string, rows: readonly PoolWithdrawal[] | null, by: ActingParty): Promise<void> {
    const seen = await this.#withdrawals.findAttempt(attemptId);
    if (!seen) return;
    const withdrawal = await this.#withdrawals.lock(seen.withdrawalId);
    const attempt = await this.#withdrawals.lockAttempt(attemptId);
    if (attempt.status !== 'submitted') return;
    const now = await this.#withdrawals.databaseNow();
    attempt.looks += 1;
    attempt.lookedAt = now;
    const turn = { withdrawal, attempt, now, by };
    if (!rows) return this.#lookAgain(turn);
    await this.#system.noteRead(attempt.provider);
    const named = rows.filter(({ reference }) => reference === attempt.reference);
    const [row] = named;
    if (named.some((each) => each.status !== row?.status || !isAbout(each, attempt))) {
      await this.#contradicted(turn, named);
    } else if (row?.status === 'completed') {
      await this.#complete(turn, row);
    } else if (row?.status === 'failed') {
      await this.#failed(turn, row);
    } else {
      attempt.failedSeenAt = null;
      await this.#lookAgain(turn);
    }
  }

  async #complete({ withdrawal, attempt, now, by }: Turn, row: PoolWithdrawal) {
    this.#keep(attempt, row, now);
    attempt.move('proven', now);
    const fee = Amount.fromDecimal(attempt.asset, row.fee);
    const detail = { reference: row.reference, fee: fee.toString() };
    await this.#mover.move(withdrawal, 'confirmed', { by, attemptId: attempt.id, posting: { fee }, detail });
    await this.#log.write(withdrawal, attempt, { fee: fee.toString(), rawStatus: row.rawStatus });
  }

  /** A8: believed when it is read twice. The first reading is only noted. */
  async #failed({ withdrawal, attempt, now, by }: Turn, row: PoolWithdrawal) {
    const firstSeen = attempt.failedSeenAt;
    if (!firstSeen || now.getTime() - firstSeen.getTime() < FAILURE_CONFIRMED_AFTER_MS) {
      attempt.failedSeenAt = firstSeen ?? now;
      await this.#look(attempt, new Date(attempt.failedSeenAt.getTime() + FAILURE_CONFIRMED_AFTER_MS));
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
    if (now < attempt.deadlineAt) {
      await this.#look(attempt, new Date(now.getTime() + lookDelayMs(attempt.looks)));
      return;
    }
    await this.#lose(turn, 'no_final_word');
  }

  /** The pool says several things under one name, or another thing than was asked for: people look. */
  async #contradicted(turn: Turn, rows: readonly PoolWithdrawal[]) {
    for (const row of rows) this.#keep(turn.attempt, row, turn.now);
    await this.#lose(turn, 'history_contradicts');
  }

  /** A9 and W22: nothing moves. */
  async #lose({ withdrawal, attempt, now, by }: Turn, reason: string) {
    attempt.error = reason;
    attempt.move('no_final_word', now);
    await this.#mover.move(withdrawal, 'no_final_word', { by, attemptId: attempt.id, reason });
    await this.#log.write(withdrawal, attempt);
  }

  #look(attempt: PayoutAttempt, startAfter: Date): Promise<string> {
    return this.#jobs.send('payout.look-up', { attemptId: attempt.id }, { startAfter });
  }

  #keep(attempt: PayoutAttempt, row: PoolWithdrawal, at: Date): void {
    const body = JSON.parse(JSON.stringify(row)) as Json;
    this.#withdrawals.addEvidence({ id: newId(), attemptId: attempt.id, kind: 'history', body, at });
  }
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

/** A row counts for an attempt by its name, coin and amount, all three, and by figures that can be booked. */
function isAbout(row: PoolWithdrawal, attempt: PayoutAttempt): boolean {
  const fee = bookable(row.asset, row.fee);
  const amount = bookable(row.asset, row.amount);
  return row.asset === attempt.asset && amount?.equals(attempt.money()) === true && fee?.isNegative() === false;
}

/** The pool may write any decimal; the books hold 38 digits. */
function bookable(asset: string, text: string): Amount | null {
  try {
    return Amount.fromDecimal(asset, text);
  } catch {
    return null;
  }
}
