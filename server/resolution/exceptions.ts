import type { EntityManager } from '@mikro-orm/postgresql';
import { instantText } from '#server/database/instant-text.ts';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { cappedTotal, fromCursor, type Keyset, TOTAL_MAX } from '#server/kernel/keyset.ts';
import { PAID_ONCE_SQL } from '#server/withdrawals/index.ts';
import type { ExceptionCountsView, ExceptionListInput, ExceptionPage, ExceptionRow } from './contract.ts';
import { type ExceptionFilter, PRESSING } from './statuses.ts';

/** Every list of what needs people is one walk along an index; the list of all is a merge of the walks. */
interface Walk {
  readonly filter: ExceptionFilter;
  readonly of: 'withdrawal' | 'incident';
  /** Ours, never a caller's. */
  readonly where: string;
}

const WALKS: readonly Walk[] = [
  { filter: 'unknown', of: 'withdrawal', where: `status = 'manual-review'` },
  { filter: 'failed', of: 'withdrawal', where: `status = 'failed'` },
  { filter: 'retrying', of: 'withdrawal', where: `status = 'retrying'` },
  {
    filter: 'retrying',
    of: 'withdrawal',
    where: `status = 'approved' and wait_reason is not null and wait_reason <> 'not_before'`,
  },
  { filter: 'late', of: 'incident', where: `closed_at is null and kind = 'late_success'` },
  { filter: 'incident', of: 'incident', where: `closed_at is null and kind <> 'late_success'` },
];
const TABLES = {
  withdrawal: { table: 'withdrawals', since: 'updated_at' },
  incident: { table: 'incidents', since: 'opened_at' },
} as const;

/** Which way a list is walked; either goes along the same index. */
const ORDERS = {
  newest: { sort: 'desc', beyond: '<' },
  oldest: { sort: 'asc', beyond: '>' },
} as const;
type Order = (typeof ORDERS)[keyof typeof ORDERS];

interface Stretch {
  readonly from: Keyset | null;
  readonly limit: number;
  readonly order: Order;
}

interface Sql {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** Everything that needs people, in one list. Looks only. */
export class Exceptions {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  async list(input: ExceptionListInput): Promise<ExceptionPage> {
    const wanted = input.filter === 'pressing' ? PRESSING : input.filter && [input.filter];
    const walks = WALKS.filter(({ filter }) => !wanted || wanted.includes(filter));
    const order = ORDERS[input.order ?? 'newest'];
    const page = merged(walks, { from: fromCursor(input.cursor), limit: input.limit + 1, order });
    const text = `with page as materialized (${page.text}) ${DETAILS} order by p.since ${order.sort}, p.id ${order.sort}`;
    const rows = await sql<RawRow>(this.#em, text, page.parameters);
    return { ...pageOf(rows, input.limit, toRow), total: cappedTotal(await this.#count(walks)) };
  }

  /** How many wait, by list; each is counted up to the cap. What failed has ended, so that it is not urgent. */
  async counts(): Promise<ExceptionCountsView> {
    const byFilter: ExceptionCountsView['byFilter'] = [];
    for (const filter of new Set(WALKS.map((walk) => walk.filter))) {
      const count = await this.#count(WALKS.filter((walk) => walk.filter === filter));
      byFilter.push({ filter, ...cappedTotal(count) });
    }
    const urgent = byFilter.filter(({ filter }) => filter !== 'failed');
    const sum = urgent.reduce((total, { count }) => total + count, 0);
    return { total: cappedTotal(urgent.every(({ exact }) => exact) ? sum : TOTAL_MAX + 1), byFilter };
  }

  async #count(walks: readonly Walk[]): Promise<number> {
    const { text, parameters } = merged(walks, { from: null, limit: TOTAL_MAX + 1, order: ORDERS.newest });
    const [row] = await sql<{ count: number }>(
      this.#em,
      `select count(*)::int as count from (${text}) counted`,
      parameters,
    );
    return row?.count ?? 0;
  }
}

function merged(walks: readonly Walk[], stretch: Stretch): Sql {
  const parts = walks.map((walk) => walked(walk, stretch));
  const { sort } = stretch.order;
  const text = `select * from (${parts.map((part) => part.text).join(' union all ')}) walks
    order by since ${sort}, id ${sort} limit ?`;
  return { text, parameters: [...parts.flatMap(({ parameters }) => parameters), stretch.limit] };
}

function walked({ filter, of, where }: Walk, { from, limit, order }: Stretch): Sql {
  const { table, since } = TABLES[of];
  const beyond = from ? `and (${since}, id) ${order.beyond} (?::timestamptz, ?::uuid)` : '';
  return {
    text: `(select id, ${since} as since, '${filter}' as filter, '${of}' as of from ${table}
      where ${where} ${beyond} order by ${since} ${order.sort}, id ${order.sort} limit ?)`,
    parameters: [...(from ? [from.at, from.id] : []), limit],
  };
}

/** The rule of `paidOnce`, for a page at once. */
const PAID_ONCE = `(select ${PAID_ONCE_SQL}
    from payout_attempts where withdrawal_id = w.id and p.filter = 'failed')`;

const DETAILS = `
  select p.id, p.filter, p.since, ${cursorInstant('p.since')} as cursor_at, i.id as incident_id, i.kind as incident_kind,
    w.id as withdrawal_id, w.kind, w.status, w.member_id, coalesce(i.asset, w.asset) as asset,
    (case when i.id is null or i.asset is null then w.amount else i.amount end)::text as amount,
    coalesce(i.kind, w.wait_reason, a.error) as reason, coalesce(a.no, 0) as attempts, w.next_attempt_at,
    ${PAID_ONCE} as paid_once,
    w.hold_at is not null as on_hold,
    exists (select 1 from dual_decisions d where d.subject_type = p.of and d.subject_id = p.id::text
      and d.ending is null and d.expires_at > now() and decides_since(d.proposed_by, d.proposed_at)) as proposed
  from page p
    left join incidents i on p.of = 'incident' and i.id = p.id
    left join withdrawals w on w.id = case p.of when 'withdrawal' then p.id else i.withdrawal_id end
    left join lateral (select no, error from payout_attempts where withdrawal_id = w.id order by no desc limit 1) a on true`;

function toRow(row: RawRow): ExceptionRow {
  return {
    id: row.id,
    filter: row.filter,
    since: instantText(row.since),
    withdrawalId: row.withdrawal_id,
    incidentId: row.incident_id,
    incidentKind: row.incident_kind,
    kind: row.kind,
    status: row.status,
    memberId: row.member_id,
    asset: row.asset,
    amount: row.asset && row.amount ? Amount.fromDecimal(row.asset, row.amount).toString() : null,
    reason: row.reason,
    paidOnce: row.paid_once,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at ? instantText(row.next_attempt_at) : null,
    onHold: row.on_hold,
    proposed: row.proposed,
  };
}

interface RawRow {
  readonly id: string;
  readonly filter: ExceptionFilter;
  readonly since: string | Date;
  readonly cursor_at: string;
  readonly incident_id: string | null;
  readonly incident_kind: ExceptionRow['incidentKind'];
  readonly withdrawal_id: string | null;
  readonly kind: ExceptionRow['kind'];
  readonly status: ExceptionRow['status'];
  readonly member_id: string | null;
  readonly asset: string | null;
  readonly amount: string | null;
  readonly reason: string | null;
  readonly paid_once: ExceptionRow['paidOnce'];
  readonly attempts: number;
  readonly next_attempt_at: string | Date | null;
  readonly on_hold: boolean;
  readonly proposed: boolean;
}
