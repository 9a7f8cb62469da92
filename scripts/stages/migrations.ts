import { migrateDown, migrateUp, pendingMigrations, schemaDrift } from '#server/database/migrate.ts';
import { dropDatabase, openDatabase, withClient } from '../database/index.ts';

const TABLES = `select schemaname || '.' || tablename as name from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema') and tablename not like '%migrations%' order by 1`;

async function tablesIn(url: string): Promise<string[]> {
  const { rows } = await withClient(url, (client) => client.query<{ name: string }>(TABLES));
  return rows.map((row) => row.name);
}

async function walk(url: string): Promise<string[]> {
  await migrateUp(url);
  const first = await tablesIn(url);
  const drift = await schemaDrift(url);
  await migrateDown(url);
  const left = await tablesIn(url);
  await migrateUp(url);
  const again = await tablesIn(url);
  return [
    ...drift.map((statement) => `entities and tables differ: ${statement}`),
    ...left.map((table) => `left behind after down: ${table}`),
    ...(first.join() === again.join() ? [] : [`up, down, up does not give the same tables: ${again.join(', ')}`]),
    ...(await pendingMigrations(url)).map((name) => `still pending after up: ${name}`),
  ];
}

/** Up, down and up again on a fresh database; then tables and entities must agree. */
export async function migrationFindings(): Promise<string[]> {
  const name = `countersign_migrations_${process.pid}`;
  const { url, stop } = await openDatabase(name, { server: 'test' });
  try {
    return await walk(url);
  } finally {
    const server = new URL(url);
    server.pathname = '/postgres';
    await dropDatabase(server.toString(), name);
    await stop();
  }
}
