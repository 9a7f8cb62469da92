import pg from 'pg';

/** What a schema is made of, one line for each thing, sorted: two databases are alike when these are equal. */
const THINGS = `
  with ours as (select oid from pg_catalog.pg_namespace where nspname !~ '^(pg_|information_schema)'),
  relations as (select c.* from pg_catalog.pg_class c join ours on ours.oid = c.relnamespace)
  select format('column %s.%s %s not null %s default %s', a.attrelid::regclass, a.attname,
      pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_catalog.pg_get_expr(d.adbin, d.adrelid)) as line
    from pg_catalog.pg_attribute a join relations r on r.oid = a.attrelid and r.relkind in ('r', 'p', 'v')
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped
  union all select format('table %s %s %s', oid::regclass, relkind, reloptions) from relations where relkind in ('r', 'p', 'v')
  union all select pg_catalog.pg_get_indexdef(oid) from relations where relkind in ('i', 'I')
  union all select format('constraint %s %s %s deferred %s', conrelid::regclass, conname,
      pg_catalog.pg_get_constraintdef(c.oid), condeferred)
    from pg_catalog.pg_constraint c join relations r on r.oid = conrelid
  union all select pg_catalog.pg_get_triggerdef(t.oid) from pg_catalog.pg_trigger t join relations r on r.oid = tgrelid
    where not tgisinternal
  union all select format('function %s %s', p.oid::regprocedure, md5(pg_catalog.pg_get_functiondef(p.oid)))
    from pg_catalog.pg_proc p join ours on ours.oid = p.pronamespace where p.prokind in ('f', 'p')
  union all select format('type %s', t.oid::regtype) from pg_catalog.pg_type t join ours on ours.oid = t.typnamespace
    where t.typtype = 'e'
  order by line`;

/** MikroORM's own list of what has run: it is there from the first migration on, whatever was taken back. */
const NOT_OURS = 'mikro_orm_migrations';

/** Everything of a database that migrations make, and the rows they bring. Empty where none has run. */
export async function schemaDump(databaseUrl: string, tables: readonly string[] = []): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`set search_path = ''`);
    const { rows } = await client.query<{ line: string }>(THINGS);
    const lines = rows.map(({ line }) => line).filter((line) => !line.includes(NOT_OURS));
    for (const table of tables) {
      const kept = await client.query<{ row: string }>(`select t::text as row from public.${table} t order by 1`);
      lines.push(...kept.rows.map(({ row }) => `row of ${table} ${row}`));
    }
    return lines;
  } finally {
    await client.end();
  }
}
