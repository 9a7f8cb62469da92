import type { EntityManager } from '@mikro-orm/postgresql';
import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import { execute, sql } from '#server/database/sql.ts';
import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { FeeMode } from '#server/ledger/index.ts';
import type { Announcer } from '#server/notifications/index.ts';
import {
  COMPARISONS,
  COUNT_ATTEMPTS,
  COUNT_ROWS,
  FEES_BOOKED_WRONG,
  keepDifferences,
  LEARN_FEE_MODES,
  NAMESAKES,
  NOTE_GONE,
  OWNERS,
} from './comparison.ts';
import type { ReconcileInput } from './contract.ts';
import type { DayRange, OpenRun, RunTry } from './reconciliation-run.ts';

/** How far back a run looks by itself; the pool's list of thirty days is swept once a day beside it. */
const DAYS_BY_ITSELF = 7;
const DAYS_MAX = 92;
const DAY_MS = 86_400_000;
const GIVEN_UP_AFTER = '6 hours';

/**
 * Compares what the pool lists of some days with our withdrawals, their attempts and the books. It only looks: a difference
 * is kept and shown, and whatever has to be booked for it is decided elsewhere, by two people.
 */
export class ReconciliationRuns {
  readonly #em: EntityManager;
  readonly #assets: AssetRegistry;
  readonly #incidents: IncidentLog;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;
  readonly #jobs: JobQueue;
  readonly #clock: Clock;

  constructor(deps: {
    em: EntityManager;
    assets: AssetRegistry;
    incidents: IncidentLog;
    audit: AuditTrail;
    notifications: Announcer;
    jobs: JobQueue;
    clock: Clock;
  }) {
    this.#em = deps.em;
    this.#assets = deps.assets;
    this.#incidents = deps.incidents;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
    this.#jobs = deps.jobs;
    this.#clock = deps.clock;
  }

  /** Puts a run on the queue, in the caller's commit; resolves to its id. */
  async order(wish: ReconcileInput, by: ActingParty): Promise<string> {
    const id = newId();
    const { from, to } = this.#closedDays(wish);
    await sql(
      this.#em,
      `insert into reconciliation_runs (id, from_day, to_day, status, requested_by, started_at)
       values (?, ?, ?, 'running', ?, clock_timestamp())`,
      [id, from, to, by.id],
    );
    await this.#jobs.send('reconciliation.run', { runId: id });
    const subject = { type: 'reconciliation', id } as const;
    this.#audit.record({ action: 'reconciliation.ordered', subject, by, after: { from, to } });
    return id;
  }

  /** Once a day, as soon as there is a day that no run has gone over; a failed one is followed by another in an hour. */
  async orderDaily(by: ActingParty): Promise<void> {
    const { from, to } = this.#closedDays({});
    await sql(
      this.#em,
      `update reconciliation_runs set status = 'failed', reason = 'given_up', ended_at = clock_timestamp()
       where status = 'running' and started_at < clock_timestamp() - ?::interval`,
      [GIVEN_UP_AFTER],
    );
    await sql(
      this.#em,
      `delete from reconciliation_rows r
       where not exists (select 1 from reconciliation_runs where id = r.run_id and status = 'running')`,
    );
    const going = await sql(
      this.#em,
      `select 1 from reconciliation_runs
       where from_day <= ? and to_day >= ? and status in ('running', 'completed') limit 1`,
      [from, to],
    );
    if (going.length === 0) await this.order({}, by);
  }

  /** Null for a run that is over. It begins anew with each try: what changed since is compared as it is now. */
  async begin(runId: string): Promise<OpenRun | null> {
    const [run] = await sql<{ from: string; to: string; begun: string }>(
      this.#em,
      `update reconciliation_runs set started_at = clock_timestamp() where id = ? and status = 'running'
       returning from_day::text as from, to_day::text as to, started_at::text as begun`,
      [runId],
    );
    if (!run) return null;
    // What an earlier try kept, which may still be reading: under the run's lock it adds nothing after this.
    await sql(this.#em, 'delete from reconciliation_rows where run_id = ?', [runId]);
    const coins = (await this.#assets.list()).filter(({ chain }) => chain === 'hashdam');
    const { begun, ...days } = run;
    return { runId, begun, days, assets: coins.map(({ asset }) => asset) };
  }

  /** One commit: what is different now is kept, what no longer is has gone. */
  async compare({ runId, begun }: RunTry, by: ActingParty): Promise<void> {
    const [run] = await sql<{ from: string; to: string }>(
      this.#em,
      `select from_day::text as from, to_day::text as to from reconciliation_runs
       where id = ? and started_at = ?::timestamptz and status = 'running' for update`,
      [runId, begun],
    );
    if (!run) return;
    const span = [runId, run.from, run.to, begun];
    await execute(this.#em, 'analyze reconciliation_rows', []);
    await execute(this.#em, OWNERS, [runId]);
    await execute(this.#em, NAMESAKES, [runId]);
    for (const comparison of COMPARISONS) await execute(this.#em, keepDifferences(comparison), span);
    await execute(this.#em, NOTE_GONE, span);
    await this.#learnFeeModes(span, by);
    await this.#tellOfFees(span, by);
    await this.#close(runId, span, by);
  }

  /** From the next payment on the books follow. */
  async #learnFeeModes(span: readonly string[], by: ActingParty): Promise<void> {
    const rows = await sql<{ asset: string; mode: FeeMode }>(this.#em, 'select asset, mode from pool_fee_modes', []);
    const known = new Map(rows.map(({ asset, mode }) => [asset, mode]));
    const learned = await execute<{ asset: string; mode: FeeMode; day: string }>(this.#em, LEARN_FEE_MODES, span);
    for (const { asset, mode, day } of learned) {
      const before = known.get(asset) ?? null;
      if (before === mode) continue;
      const change = { before: { mode: before }, after: { mode, day, run: span[0] ?? null } };
      this.#audit.record({ action: 'asset.fee_mode_learned', subject: { type: 'asset', id: asset }, by, ...change });
    }
  }

  /** What was booked before it was known how the pool takes its fees is put right by two people, who are told once. */
  async #tellOfFees(span: readonly string[], by: ActingParty): Promise<void> {
    const wrong = await execute<FeesOfDay>(this.#em, FEES_BOOKED_WRONG, span);
    for (const { asset, day, mode, over, booked, shown } of wrong) {
      const amount = Amount.fromDecimal(asset, over.replace('-', ''));
      const facts = { subject: `fees ${asset} ${day}`, provider: 'hashdam', asset, amount } as const;
      const detail = { day, feeMode: mode, bookedBalance: booked, poolBalance: shown, difference: over };
      await this.#incidents.openUnlessClosed({ kind: 'history_contradicts', ...facts, detail }, by);
    }
  }

  /** The pool could not be read whole: nothing is said about any day. */
  async fail({ runId, begun }: RunTry, reason: string, by: ActingParty): Promise<void> {
    const failed = await sql(
      this.#em,
      `update reconciliation_runs set status = 'failed', reason = ?, ended_at = clock_timestamp()
       where id = ? and started_at = ?::timestamptz and status = 'running' returning id`,
      [reason, runId, begun],
    );
    if (failed.length === 0) return;
    await sql(this.#em, 'delete from reconciliation_rows where run_id = ?', [runId]);
    const subject = { type: 'reconciliation', id: runId } as const;
    this.#audit.record({ action: 'reconciliation.failed', subject, by, reason });
  }

  async #close(runId: string, span: readonly string[], by: ActingParty): Promise<void> {
    const [attempts] = await execute<{ count: number }>(this.#em, COUNT_ATTEMPTS, span);
    const [rows] = await execute<{ listed: number; known: number }>(this.#em, COUNT_ROWS, span);
    const { listed = 0, known = 0 } = rows ?? {};
    const [run] = await sql<{ seen: number; found: number }>(
      this.#em,
      `update reconciliation_runs set status = 'completed', ended_at = clock_timestamp(), attempts = ?, listed_rows = ?,
         known_rows = ?,
         seen = (select count(*) from reconciliation_differences where seen_in = reconciliation_runs.id),
         found = (select count(*) from reconciliation_differences
           where seen_in = reconciliation_runs.id and found_in = reconciliation_runs.id)
       where id = ? returning seen, found`,
      [attempts?.count ?? 0, listed, known, runId],
    );
    await sql(this.#em, 'delete from reconciliation_rows where run_id = ?', [runId]);
    const subject = { type: 'reconciliation', id: runId } as const;
    const { seen = 0, found = 0 } = run ?? {};
    this.#audit.record({ action: 'reconciliation.completed', subject, by, after: { rows: listed, seen, found } });
    if (found > 0) this.#notifications.announce({ type: 'reconciliation.differences', subject });
  }

  /** A day can be compared when it is over. */
  #closedDays({ from, to }: ReconcileInput): DayRange {
    const closed = dayOf(this.#clock.now().getTime() - DAY_MS);
    const last = to && to < closed ? to : closed;
    const earliest = dayOf(Date.parse(last) - ((from ? DAYS_MAX : DAYS_BY_ITSELF) - 1) * DAY_MS);
    if (!from || from < earliest) return { from: earliest, to: last };
    return { from: from < last ? from : last, to: last };
  }
}

interface FeesOfDay {
  readonly asset: string;
  readonly day: string;
  readonly mode: FeeMode;
  /** By how much the books took more out of the pool than left it; below zero for less. */
  readonly over: string;
  readonly booked: string;
  readonly shown: string;
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
