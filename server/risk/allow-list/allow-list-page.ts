import type { EntityManager } from '@mikro-orm/postgresql';
import { cursorInstant, pageOf } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import { cappedTotal, fromCursor, TOTAL_MAX } from '#server/kernel/keyset.ts';
import type { AllowListListInput, AllowListPage, AllowListRow } from '../contract.ts';

interface RawRow {
  readonly id: string;
  readonly asset: string;
  readonly address: string;
  readonly label: string;
  readonly added_at: Date | string;
  readonly active_from: Date | string;
  readonly is_cooling: boolean;
  readonly removed_at: Date | string | null;
  readonly removal_reason: string | null;
  readonly proposed_by: string;
  readonly confirmed_by: string;
  readonly removed_by: string | null;
  readonly proposer: string;
  readonly confirmer: string;
  readonly remover: string | null;
  readonly cursor_at: string;
}

/** Newest first, along one index; nothing that a caller sent becomes part of the text. */
export async function listEntries(em: EntityManager, input: AllowListListInput): Promise<AllowListPage> {
  const { filter, cursor, limit } = input;
  const from = fromCursor(cursor);
  const where = [
    filter.removed ? 'e.removed_at is not null' : 'e.removed_at is null',
    ...(filter.asset ? ['e.asset = ?'] : []),
  ].join(' and ');
  const wanted = filter.asset ? [filter.asset] : [];
  const beyond = from ? 'and (e.added_at, e.id) < (?::timestamptz, ?::uuid)' : '';
  const rows = await sql<RawRow>(
    em,
    `select e.*, p.name as proposer, c.name as confirmer, r.name as remover, e.active_from > now() as is_cooling,
       ${cursorInstant('e.added_at')} as cursor_at
     from allow_list_entries e join operators p on p.id = e.proposed_by join operators c on c.id = e.confirmed_by
       left join operators r on r.id = e.removed_by
     where ${where} ${beyond} order by e.added_at desc, e.id desc limit ?`,
    [...wanted, ...(from ? [from.at, from.id] : []), limit + 1],
  );
  const [total] = await sql<{ count: number }>(
    em,
    `select count(*)::int as count from (select 1 from allow_list_entries e where ${where} limit ?) counted`,
    [...wanted, TOTAL_MAX + 1],
  );
  return { ...pageOf(rows, limit, toRow), total: cappedTotal(total?.count ?? 0) };
}

function toRow(row: RawRow): AllowListRow {
  const { id, asset, address, label } = row;
  const removed = row.removed_at
    ? {
        by: { id: row.removed_by ?? '', name: row.remover ?? '' },
        at: new Date(row.removed_at).toISOString(),
        reason: row.removal_reason ?? '',
      }
    : null;
  return {
    ...{ id, asset, address, label, removed },
    state: removed ? 'removed' : row.is_cooling ? 'cooling' : 'active',
    proposedBy: { id: row.proposed_by, name: row.proposer },
    confirmedBy: { id: row.confirmed_by, name: row.confirmer },
    addedAt: new Date(row.added_at).toISOString(),
    activeFrom: new Date(row.active_from).toISOString(),
  };
}
