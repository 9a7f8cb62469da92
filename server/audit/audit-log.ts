import type { EntityManager } from '@mikro-orm/postgresql';
import { instantText } from '#server/database/instant-text.ts';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import type { Actor } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { cappedTotal, fromCursor, TOTAL_MAX } from '#server/kernel/keyset.ts';
import { conditionOf, visibleTo } from './audit-filter.ts';
import type { AuditActorsView, AuditFilter, AuditListInput, AuditPage, AuditRowView } from './contract.ts';

const ACTORS_MAX = 500;

/** Reads the record. Auditors and administrators see all of it, everybody else what they did themselves. */
export class AuditLog {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** Newest first, by keyset. */
  async list({ filter, cursor, limit }: AuditListInput, reader: Actor): Promise<AuditPage> {
    const visible = visibleTo(reader, filter);
    const page = await this.page(visible, cursor, limit);
    const { text, bound } = conditionOf(visible);
    const [counted] = await sql<{ total: number }>(
      this.#em,
      `select count(*)::int as total from (select 1 from audit_events e where ${text} limit ${TOTAL_MAX + 1}) capped`,
      bound,
    );
    return { ...page, total: cappedTotal(counted?.total ?? 0) };
  }

  /** The same for who has looked already at what may be seen, and without counting. */
  async page(filter: AuditFilter, cursor: string | null, limit: number): Promise<Omit<AuditPage, 'total'>> {
    const from = fromCursor(cursor);
    const { text, bound } = conditionOf(filter);
    const beyond = from ? '(e.at, e.id) < (?::timestamptz, ?::uuid)' : 'true';
    const raw = await sql<RawRow>(
      this.#em,
      `with page as materialized (
         select e.* from audit_events e where ${text} and ${beyond} order by e.at desc, e.id desc limit ?
       )
       select ${COLUMNS} from page e ${JOINS} order by e.at desc, e.id desc`,
      [...bound, ...(from ? [from.at, from.id] : []), limit + 1],
    );
    return pageOf(raw, limit, toView);
  }

  /** Whom rows can be of, by name. */
  async actors(): Promise<AuditActorsView> {
    const rows = await sql<AuditActorsView['rows'][number]>(
      this.#em,
      `select 'operator' as type, id, name from operators union all select 'api_key', id, name from api_keys
       order by type desc, name limit ${ACTORS_MAX}`,
    );
    return { rows };
  }
}

/** Null for what is no UUID, without asking a table. */
const asId = (text: string): string => `case when ${text} ~ '^[0-9a-f-]{36}$' then (${text})::uuid end`;
/** What a refused call was about is known by that id, whatever it is of. */
const SUBJECT_ID = asId(`coalesce(case when e.subject_type = 'call' then e.after ->> 'about' end, e.subject_id)`);

const COLUMNS = `e.id, e.at, e.actor_type, e.actor_id, coalesce(o.name, k.name) as actor_name, e.session_id, e.request_id,
  e.ip, e.action, e.outcome, e.subject_type, e.subject_id, e.reason, e.before, e.after, l.position::text as position,
  w.asset, w.amount::text as amount, w.member_id, coalesce(so.name, sk.name, a.address) as label,
  ${cursorInstant('e.at')} as cursor_at`;
const JOINS = `
  left join operators o on e.actor_type = 'operator' and o.id = ${asId('e.actor_id')}
  left join api_keys k on e.actor_type = 'api_key' and k.id = ${asId('e.actor_id')}
  left join audit_links l on l.event_id = e.id
  left join withdrawals w on w.id = ${SUBJECT_ID}
  left join operators so on so.id = ${SUBJECT_ID}
  left join api_keys sk on sk.id = ${SUBJECT_ID}
  left join wallets a on a.id = ${SUBJECT_ID}`;

interface RawRow {
  id: string;
  at: Date | string;
  actor_type: AuditRowView['actor']['type'];
  actor_id: string;
  actor_name: string | null;
  session_id: string | null;
  request_id: string | null;
  ip: string | null;
  action: string;
  outcome: AuditRowView['outcome'];
  subject_type: AuditRowView['subject']['type'];
  subject_id: string;
  reason: string | null;
  before: AuditRowView['before'] | null;
  after: AuditRowView['after'] | null;
  position: string | null;
  asset: string | null;
  amount: string | null;
  member_id: string | null;
  label: string | null;
  cursor_at: string;
}

const toView = (row: RawRow): AuditRowView => ({
  id: row.id,
  at: instantText(row.at),
  actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
  sessionId: row.session_id,
  requestId: row.request_id,
  ip: row.ip,
  action: row.action,
  outcome: row.outcome,
  subject: { type: row.subject_type, id: row.subject_id, label: labelOf(row) },
  reason: row.reason,
  before: row.before,
  after: row.after,
  position: row.position === null ? null : Number.parseInt(row.position, 10),
});

/** A withdrawal is known by what it pays to whom. */
function labelOf({ asset, amount, member_id: member, label }: RawRow): string | null {
  if (!asset || !amount) return label;
  return [`${Amount.fromDecimal(asset, amount).toString()} ${asset}`, member].filter((part) => part).join(' · ');
}
