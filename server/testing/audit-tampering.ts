import type { EntityManager } from '@mikro-orm/postgresql';
import { type AuditRecord, eventHash, RECORD_COLUMNS } from '#server/audit/audit-record.ts';
import { type Link, linkHash } from '#server/audit/chain.ts';
import { sql } from '#server/database/sql.ts';
import { newId } from '#server/kernel/ids.ts';

/** What whoever rules the database may do to the record, as a seed says. All in one transaction without triggers or keys. */
export interface Tampering {
  readonly em: EntityManager;
  /** Rows in the chain. */
  readonly length: number;
  /** A whole number, both ends included. */
  readonly int: (min: number, max: number) => number;
}

/** The first place in the chain that is not as it was; null for a row outside it. */
type Edit = (tampering: Tampering) => Promise<number | null>;

const TEXTS = ['actor_id', 'session_id', 'request_id', 'ip', 'action', 'subject_type', 'subject_id', 'reason', 'mac'];

const eventAt = '(select event_id from audit_links where position = ?)';

/** One character of a text column is another one; nothing becomes something. */
const flipText: Edit = async ({ em, int, length }) => {
  const position = int(1, length);
  const column = TEXTS[int(0, TEXTS.length - 1)] ?? 'reason';
  const place = int(0, 7);
  await sql(
    em,
    `update audit_events set ${column} = case when coalesce(${column}, '') = '' then 'x' else
       overlay(${column} placing case when substr(${column}, 1 + ? % length(${column}), 1) = 'a' then 'b' else 'a' end
         from 1 + ? % length(${column})) end where id = ${eventAt}`,
    [place, place, position],
  );
  return position;
};

const changeWith =
  (assignment: string): Edit =>
  async ({ em, int, length }) => {
    const position = int(1, length);
    await sql(em, `update audit_events set ${assignment} where id = ${eventAt}`, [position]);
    return position;
  };

const deleteRow: Edit = async ({ em, int, length }) => {
  const position = int(1, length);
  await sql(em, `delete from audit_events where id = ${eventAt}`, [position]);
  return position;
};

const deleteLink: Edit = async ({ em, int, length }) => {
  const position = int(1, length);
  await sql(em, 'delete from audit_links where position = ?', [position]);
  return position;
};

const deleteBoth: Edit = async (tampering) => {
  const { em, int, length } = tampering;
  const position = int(1, length);
  await sql(em, `delete from audit_events where id = ${eventAt}`, [position]);
  await sql(em, 'delete from audit_links where position = ?', [position]);
  return position;
};

/** Both rows stay, each with what the other one said. */
const swapRows: Edit = async ({ em, int, length }) => {
  const a = int(1, length - 1);
  const b = int(a + 1, length);
  const [columns, other] = [
    'action, subject_id, before, after, mac',
    'o.action, o.subject_id, o.before, o.after, o.mac',
  ];
  await sql(
    em,
    `with pair as (select l.position, e.* from audit_links l join audit_events e on e.id = l.event_id
       where l.position in (?, ?))
     update audit_events e set (${columns}) = (select ${other} from pair o where o.id <> e.id)
     where e.id in (select id from pair)`,
    [a, b],
  );
  return a;
};

const swapLinks: Edit = async ({ em, int, length }) => {
  const a = int(1, length - 1);
  const b = int(a + 1, length);
  for (const [from, to] of [
    [a, length + 1],
    [b, a],
    [length + 1, b],
  ]) {
    await sql(em, 'update audit_links set position = ? where position = ?', [to, from]);
  }
  return a;
};

const flipLink: Edit = async ({ em, int, length }) => {
  const position = int(1, length);
  const column = ['event_hash', 'hash'][int(0, 1)] ?? 'hash';
  await sql(
    em,
    `update audit_links set ${column} = set_bit(${column}, ?, 1 - get_bit(${column}, ?)) where position = ?`,
    [...Array.from({ length: 2 }, () => (position * 7) % 256), position],
  );
  return position;
};

/** A row that looks like ours, as of now or dated back, with a mark that somebody thought of. */
const insertRow: Edit = async ({ em, int, length }) => {
  const like = int(1, length);
  const xact = int(0, 1) === 0 ? 'pg_current_xact_id()' : 'e.xact';
  await sql(
    em,
    `insert into audit_events (id, at, actor_type, actor_id, action, outcome, subject_type, subject_id, after, mac, xact)
     select ?, e.at, e.actor_type, e.actor_id, e.action, e.outcome, e.subject_type, ?, e.after, e.mac, ${xact}
     from audit_events e where e.id = ${eventAt}`,
    [newId(), newId(), like],
  );
  return null;
};

/** Everything behind a place goes, rows and links, and the head says so. */
export async function cutTail(em: EntityManager, end: number): Promise<void> {
  await sql(em, 'delete from audit_events where id in (select event_id from audit_links where position > ?)', [end]);
  await sql(em, 'delete from audit_links where position > ?', [end]);
  await sql(em, 'update audit_head set position = ?, hash = (select hash from audit_links where position = ?)', [
    end,
    end,
  ]);
}

/** A row is changed, and every hash from there to the end is computed anew. The signature cannot be. */
export async function rebuild(
  em: EntityManager,
  { position, length }: { position: number; length: number },
): Promise<void> {
  await sql(em, `update audit_events set reason = 'as if' where id = ${eventAt}`, [position]);
  await relink(em, position, length);
}

async function relink(em: EntityManager, from: number, to: number): Promise<void> {
  const [before] = await sql<{ hash: string }>(
    em,
    "select coalesce((select encode(hash, 'hex') from audit_links where position = ?), repeat('0', 64)) as hash",
    [from - 1],
  );
  let hash = before?.hash ?? '';
  const rows = await sql<AuditRecord & { position: string; origin: Link['origin'] }>(
    em,
    `select ${RECORD_COLUMNS}, l.position::text as position, l.origin from audit_links l
     join audit_events e on e.id = l.event_id where l.position >= ? and l.position <= ? order by l.position`,
    [from, to],
  );
  for (const record of rows) {
    const place = Number.parseInt(record.position, 10);
    const hashed = eventHash(record);
    hash = linkHash({ position: place, eventId: record.id, origin: record.origin, eventHash: hashed }, hash);
    await sql(em, "update audit_links set event_hash = decode(?, 'hex'), hash = decode(?, 'hex') where position = ?", [
      hashed,
      hash,
      place,
    ]);
  }
  await sql(em, "update audit_head set hash = decode(?, 'hex')", [hash]);
}

/** Every kind of edit that the chain itself shows; the names are for whoever reads a failure. */
export const EDITS: Readonly<Record<string, Edit>> = {
  flipText,
  ...{ deleteRow, deleteLink, deleteBoth, swapRows, swapLinks, flipLink, insertRow },
  laterByAMicrosecond: changeWith("at = at + interval '1 microsecond'"),
  otherOutcome: changeWith("outcome = case outcome when 'done' then 'refused' else 'done' end"),
  otherActorType: changeWith("actor_type = case actor_type when 'system' then 'operator' else 'system' end"),
  otherBefore: changeWith(`before = coalesce(before, '{}') || '{"status":"never"}'`),
  sameNumberOtherwiseWritten: changeWith(`after = '{"count": 1.0}'`),
  nothingAfter: changeWith("after = case when after is null then '0'::jsonb end"),
  otherTransaction: changeWith('xact = (xact::text::numeric + 1)::text::xid8'),
  otherId: changeWith('id = gen_random_uuid()'),
};
