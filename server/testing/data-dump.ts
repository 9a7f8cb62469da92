import type { TestApplication } from './application.ts';

/** Not what the pool listed before the fence: that was read, and is kept, outside the unit of work. */
const TABLES = `select schemaname || '.' || quote_ident(tablename) as name from pg_tables
  where schemaname = 'public' and tablename not like '%migrations%'
    and tablename not like 'pool_history_%' and tablename <> 'pool_watches' or schemaname = 'pgboss' and tablename = 'job_common'
  order by 1`;

const known = new WeakMap<TestApplication, readonly { name: string }[]>();

/** A refusal is recorded after everything else was taken back. */
const NOT_REFUSED = "where r.outcome = 'done'";

/** Every row of every table but recorded refusals, as one fingerprint for each table: two moments are alike when these are equal. */
export async function dataDump(app: TestApplication): Promise<Record<string, string>> {
  const tables = known.get(app) ?? (await app.sql<{ name: string }>(TABLES));
  known.set(app, tables);
  const each = tables.map(
    ({
      name,
    }) => `select '${name}' as name, count(*) || ' ' || md5(coalesce(string_agg(r::text, '|' order by r::text), ''))
      as rows from ${name} r ${name === 'public.audit_events' ? NOT_REFUSED : ''}`,
  );
  const rows = await app.sql<{ name: string; rows: string }>(each.join(' union all '));
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
}
