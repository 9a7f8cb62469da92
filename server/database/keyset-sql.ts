import { type Keyset, toCursor } from '#server/kernel/keyset.ts';

/** An instant with its microseconds, as cursors carry it. */
export const cursorInstant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Rows were asked for with one more than the page holds; that one only says that there is a next page. */
export function pageOf<Raw extends { id: string; cursor_at: string }, Row>(
  raw: readonly Raw[],
  limit: number,
  toRow: (raw: Raw) => Row,
): { rows: Row[]; nextCursor: string | null } {
  const shown = raw.slice(0, limit);
  const last = shown.at(-1);
  const next: Keyset | null = raw.length > limit && last ? { at: last.cursor_at, id: last.id } : null;
  return { rows: shown.map(toRow), nextCursor: next && toCursor(next) };
}
