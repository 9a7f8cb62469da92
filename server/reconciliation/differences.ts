import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '#server/audit/index.ts';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { cappedTotal, fromCursor, TOTAL_MAX } from '#server/kernel/keyset.ts';
import type {
  DifferencePage,
  DifferencesInput,
  DifferenceView,
  ExplainInput,
  ReconciliationRunPage,
  ReconciliationRunsInput,
} from './contract.ts';
import { type DifferenceRow, differenceOf, type RunRow, runOf } from './reconciliation-views.ts';

const STATE = {
  open: 'gone_at is null and explained_at is null',
  explained: 'gone_at is null and explained_at is not null',
  gone: 'gone_at is not null',
} as const;

/** What runs have seen, for people. */
export class Differences {
  readonly #em: EntityManager;
  readonly #audit: AuditTrail;

  constructor(deps: { em: EntityManager; audit: AuditTrail }) {
    this.#em = deps.em;
    this.#audit = deps.audit;
  }

  /** The newest first. */
  async runs({ cursor, limit }: ReconciliationRunsInput): Promise<ReconciliationRunPage> {
    const list = { table: 'reconciliation_runs', at: 'started_at', where: [], wanted: [], cursor, limit };
    return this.#page<RunRow, ReconciliationRunPage['rows'][number]>(list, runOf);
  }

  /** The newest first. */
  async list({ filter, cursor, limit }: DifferencesInput): Promise<DifferencePage> {
    const { state, kind, runId } = filter;
    const where = [...(state ? [STATE[state]] : []), ...(kind ? ['kind = ?'] : []), ...(runId ? ['seen_in = ?'] : [])];
    const wanted = [...(kind ? [kind] : []), ...(runId ? [runId] : [])];
    const list = { table: 'reconciliation_differences', at: 'found_at', where, wanted, cursor, limit };
    return this.#page<DifferenceRow, DifferenceView>(list, differenceOf);
  }

  /**
   * One person says why; nothing is booked by it. It counts until a run sees something else there. Error:
   * `difference.not_found`, for one that is gone as well.
   */
  async explain({ id, note }: ExplainInput, by: ActingParty): Promise<DifferenceView> {
    const [row] = await sql<DifferenceRow>(
      this.#em,
      `update reconciliation_differences set explained_at = clock_timestamp(), explained_by = ?, note = ?
       where id = ? and gone_at is null returning *, day::text as day_text`,
      [by.id, note, id],
    );
    if (!row) throw new DomainError('difference.not_found', 'there is no such difference any more', { detail: { id } });
    const view = differenceOf(row);
    const { kind, expected, observed } = view;
    const after = { kind, expected, observed };
    const subject = { type: 'difference', id } as const;
    this.#audit.record({ action: 'reconciliation.explained', subject, by, reason: note, after });
    return view;
  }

  async #page<Row extends object, View>(list: KeyedList, toView: (row: Row) => View) {
    const { table, at, where, wanted, limit } = list;
    const from = fromCursor(list.cursor);
    const conditions = ['true', ...where].join(' and ');
    const beyond = from ? `and (${at}, id) < (?::timestamptz, ?::uuid)` : '';
    const rows = await sql<Row & { id: string; cursor_at: string }>(
      this.#em,
      `select *, ${DAYS[table]}, ${cursorInstant(at)} as cursor_at from ${table} where ${conditions} ${beyond}
       order by ${at} desc, id desc limit ?`,
      [...wanted, ...(from ? [from.at, from.id] : []), limit + 1],
    );
    const [total] = await sql<{ count: number }>(
      this.#em,
      `select count(*)::int as count from (select 1 from ${table} where ${conditions} limit ?) counted`,
      [...wanted, TOTAL_MAX + 1],
    );
    return { ...pageOf(rows, limit, toView), total: cappedTotal(total?.count ?? 0) };
  }
}

/** Names and conditions are this file's own; what a caller sent is bound. */
interface KeyedList {
  readonly table: keyof typeof DAYS & string;
  readonly at: string;
  readonly where: readonly string[];
  readonly wanted: readonly string[];
  readonly cursor: string | null;
  readonly limit: number;
}

/** Days as text: a driver's Date would move them by its own time zone. */
const DAYS: Readonly<Record<string, string>> = {
  reconciliation_runs: 'from_day::text as from_text, to_day::text as to_text',
  reconciliation_differences: 'day::text as day_text',
};
