import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from './sql.ts';

/** The database's clock: what several processes agree on is measured by it alone, whichever of them asks. */
export async function databaseNow(em: EntityManager): Promise<Date> {
  const [row] = await sql<{ now: Date | string }>(em, 'select clock_timestamp() as now');
  if (!row) throw new Error('the database gave no time');
  return new Date(row.now);
}
