import { cappedTotal, fromCursor, toCursor } from './keyset.ts';
import type { Page } from './wire.ts';

/** What a keyset list answers, worked out over rows in memory: newest first, `at` in ISO 8601 with milliseconds. */
export function pageInMemory<Row extends { readonly id: string }>(
  all: readonly Row[],
  at: (row: Row) => string,
  { cursor, limit }: { readonly cursor: string | null; readonly limit: number },
): Page<Row> {
  const place = (row: Row) => `${at(row).replace('Z', '000Z')} ${row.id}`;
  const sorted = all.toSorted((a, b) => (place(a) < place(b) ? 1 : -1));
  const from = fromCursor(cursor);
  const rest = from ? sorted.filter((row) => place(row) < `${from.at} ${from.id}`) : sorted;
  const rows = rest.slice(0, limit);
  const last = rows.at(-1);
  const nextCursor = rest.length > limit && last ? toCursor({ at: at(last).replace('Z', '000Z'), id: last.id }) : null;
  return { rows, nextCursor, total: cappedTotal(all.length) };
}
