import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from './sql.ts';

/** By the statement that writes them. */
type Rows = Map<string, object[]>;
const waiting = new WeakMap<EntityManager, Rows>();

/**
 * Keeps a row until the session's work is done: what was kept then goes out as one statement, after the entities. For rows
 * that nobody in the session reads again, such as the record of who did what. `statement` has one `?`, which stands for a
 * JSON array of such rows; the statements of one session do not see each other's rows.
 */
export function writeAtCommit(em: EntityManager, statement: string, row: object): void {
  const rows: Rows = waiting.get(em) ?? new Map();
  const kept = rows.get(statement);
  if (kept) kept.push(row);
  else waiting.set(em, rows.set(statement, [row]));
}

/** An insert for `writeAtCommit` that takes the columns from the properties of the same names. */
export const insertOf = (table: string, columns: readonly string[]): string => {
  const names = columns.join(', ');
  return `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, ?::jsonb)`;
};

/** For who closes a session. */
export async function writeWhatWaits(em: EntityManager): Promise<void> {
  const rows = waiting.get(em);
  if (!rows) return;
  waiting.delete(em);
  // Sorted, so that the same statements are one prepared statement, whichever came first.
  const parts = [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const text = parts.map(([statement], at) => `part_${at} as (${statement})`).join(', ');
  const values = parts.map(([, each]) => JSON.stringify(each));
  await sql(em, `with ${text} select 1`, values);
}
