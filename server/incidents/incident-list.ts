import type { EntityManager } from '@mikro-orm/postgresql';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import { cappedTotal, fromCursor, TOTAL_MAX } from '#server/kernel/keyset.ts';
import type { IncidentListInput, IncidentPage } from './contract.ts';
import { Incident } from './incident.entity.ts';
import { incidentView } from './incident-view.ts';

type RawRow = { readonly id: string; readonly cursor_at: string } & object;

/** Along one index, whichever the filter; nothing that a caller sent becomes part of the text. */
export async function listIncidents(em: EntityManager, input: IncidentListInput): Promise<IncidentPage> {
  const { filter, cursor, limit } = input;
  const from = fromCursor(cursor);
  const where = ['true', ...(filter.open ? ['closed_at is null'] : []), ...(filter.kind ? ['kind = ?'] : [])];
  const wanted = filter.kind ? [filter.kind] : [];
  const beyond = from ? 'and (opened_at, id) < (?::timestamptz, ?::uuid)' : '';
  const order = 'order by opened_at desc, id desc limit ?';
  const rows = await sql<RawRow>(
    em,
    `select *, ${cursorInstant('opened_at')} as cursor_at from incidents where ${where.join(' and ')} ${beyond} ${order}`,
    [...wanted, ...(from ? [from.at, from.id] : []), limit + 1],
  );
  const [total] = await sql<{ count: number }>(
    em,
    `select count(*)::int as count from (select 1 from incidents where ${where.join(' and ')} ${order}) counted`,
    [...wanted, TOTAL_MAX + 1],
  );
  const toView = (row: RawRow) => incidentView(em.map(Incident, row));
  return { ...pageOf(rows, limit, toView), total: cappedTotal(total?.count ?? 0) };
}
