import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import {
  isOf,
  type PoolHistory,
  type PoolHistoryRead,
  type PoolRowClaims,
  type PoolWithdrawal,
} from '#server/mining/index.ts';
import type { SystemService } from '#server/system/index.ts';
import {
  nextUnknownLook,
  orderLook,
  type PayoutAttempt,
  type PayoutAttemptRepository,
  type PayoutRails,
  type PayoutTurn,
  type PoolAttempts,
  type UnresolvedPayouts,
  type WithdrawalMover,
} from '#server/withdrawals/index.ts';
import { type BindFacts, bindingOf, type Unbound } from './auto-bind.ts';

/**
 * A payout at the pool that may have run: looked for in complete reads of the list (rule M2), each kept with what it
 * shows of the amount. One without a name may be bound by that (rules M4, M5); for one with a name it is what people
 * decide by, when asking by the name leads nowhere.
 */
export class UnknownPayouts {
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #attempts: PoolAttempts;
  readonly #mover: WithdrawalMover;
  readonly #rails: PayoutRails;
  readonly #history: PoolHistory;
  readonly #claims: PoolRowClaims;
  readonly #incidents: IncidentLog;
  readonly #system: SystemService;
  readonly #unresolved: UnresolvedPayouts;
  readonly #jobs: JobQueue;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    attempts: PoolAttempts;
    mover: WithdrawalMover;
    rails: PayoutRails;
    history: PoolHistory;
    claims: PoolRowClaims;
    incidents: IncidentLog;
    system: SystemService;
    unresolved: UnresolvedPayouts;
    jobs: JobQueue;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#attempts = deps.attempts;
    this.#mover = deps.mover;
    this.#rails = deps.rails;
    this.#history = deps.history;
    this.#claims = deps.claims;
    this.#incidents = deps.incidents;
    this.#system = deps.system;
    this.#unresolved = deps.unresolved;
    this.#jobs = deps.jobs;
  }

  /** Outside any transaction. Null when there is nothing to look for; `list` null when the pool could not be read whole. */
  async read(attemptId: string): Promise<UnknownLook | null> {
    const attempt = await this.#payoutAttempts.findAttempt(attemptId);
    if (!attempt || !isUnknownAtPool(attempt)) return null;
    const list = await this.#history.read({ asset: attempt.asset, since: attempt.fencedAt });
    return { isNamed: !!attempt.reference, list };
  }

  /** Keeps what a read showed of one that has a name. */
  async note(attemptId: string, list: PoolHistoryRead): Promise<void> {
    const attempt = await this.#payoutAttempts.findAttempt(attemptId);
    if (!attempt?.reference || !isUnknownAtPool(attempt)) return;
    const now = await this.#payoutAttempts.databaseNow();
    this.#keep({ attempt, now }, list, { bound: null, why: 'has_a_name' });
  }

  /** A17 and W23 when one row can only be this attempt's; otherwise only the next look. */
  async conclude(look: ConcludedLook, by: ActingParty) {
    const locked = await this.#payoutAttempts.lockTurn(look.attemptId);
    if (!locked || !isNameless(locked.attempt)) return;
    const turn = { ...locked, by };
    const { attempt, now } = turn;
    this.#unresolved.tellAgain(turn);
    attempt.looks += 1;
    attempt.lookedAt = now;
    if (look.list && (await this.#bind(turn, look.list, look.isTaken))) return;
    await orderLook(this.#jobs, attempt, { now, at: nextUnknownLook(attempt.updatedAt, now) });
  }

  async #bind(turn: PayoutTurn, read: PoolHistoryRead, isTaken: boolean): Promise<boolean> {
    const { withdrawal, attempt, now, by } = turn;
    this.#system.noteRead(attempt.provider);
    const binding = bindingOf(attempt, read, { ...(await this.#facts(attempt, read)), isTaken });
    this.#keep(
      turn,
      read,
      binding.row ? { bound: binding.row.reference, why: null } : { bound: null, why: binding.why },
    );
    const { row } = binding;
    if (!row || !(await this.#claims.claim(row, { how: 'bound', attemptId: attempt.id }, by))) return false;
    attempt.reference = row.reference;
    attempt.move('found', now);
    const detail = { reference: row.reference, readId: read.id };
    await this.#mover.move(withdrawal, 'found', { by, attemptId: attempt.id, reason: 'only_row_that_fits', detail });
    await this.#rails[attempt.kind].log.write(withdrawal, attempt, { rawStatus: row.rawStatus });
    await orderLook(this.#jobs, attempt, { now, at: now });
    return true;
  }

  async #facts(attempt: PayoutAttempt, { rows }: PoolHistoryRead): Promise<Omit<BindFacts, 'isTaken'>> {
    const { asset } = attempt;
    const ofAmount = rows.filter((row) => isOf(row, attempt.money())).map(({ reference }) => reference);
    const claims = await this.#claims.of(asset, ofAmount);
    return {
      claimed: new Set([...claims.values()].map(({ reference }) => reference)),
      named: await this.#attempts.referencesOfOthers(attempt, ofAmount),
      typical: await this.#claims.typical(asset),
      otherUnbound: await this.#attempts.hasUnboundTwin(attempt),
      openIncident: await this.#incidents.isOpen({ asset, provider: attempt.provider }),
    };
  }

  /** What this read showed of the amount or the name, and what it was taken for; the whole of it is found by its hash. */
  #keep({ attempt, now }: Pick<PayoutTurn, 'attempt' | 'now'>, read: PoolHistoryRead, taken: Taken): void {
    const { id: readId, fromDay, toDay, sha256, clockOffsetMs } = read;
    const ofAmount = read.rows.filter((row) => isOf(row, attempt.money()) || isNamed(attempt, row));
    const body = {
      ...{ complete: true, readId, fromDay, toDay, sha256, clockOffsetMs, rows: read.rows.length },
      ...{ startedAt: read.startedAt.toISOString(), endedAt: read.endedAt.toISOString() },
      ofAmount: JSON.parse(JSON.stringify(ofAmount)) as Json,
      ...taken,
    };
    this.#payoutAttempts.addEvidence({ id: newId(), attemptId: attempt.id, kind: 'history', body, at: now });
  }
}

interface ConcludedLook {
  readonly attemptId: string;
  readonly list: PoolHistoryRead | null;
  /** Everything else that the list shows was dealt with. */
  readonly isTaken: boolean;
}

export interface UnknownLook {
  /** The pool has named it: it is asked for by that name as well. */
  readonly isNamed: boolean;
  readonly list: PoolHistoryRead | null;
}

/** The row that was taken for the attempt's, or why none was. */
interface Taken {
  readonly bound: string | null;
  readonly why: Unbound | 'has_a_name' | null;
}

const isUnknownAtPool = ({ status, provider }: PayoutAttempt): boolean =>
  status === 'unknown' && provider === 'hashdam';

const isNameless = (attempt: PayoutAttempt): boolean => isUnknownAtPool(attempt) && !attempt.reference;

const isNamed = ({ asset, reference }: PayoutAttempt, row: PoolWithdrawal): boolean =>
  row.asset === asset && row.reference === reference;
