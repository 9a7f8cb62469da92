import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { emptyDatabase, testDatabase } from './database.ts';

const clients: pg.Client[] = [];

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  clients.push(client);
  await client.connect();
  return client;
}

const tableCount = async (client: pg.Client) =>
  (await client.query(`select 1 from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`)).rowCount;

afterAll(() => Promise.all(clients.map((client) => client.end())));

test('a test file gets one migrated database, the same at every call', async () => {
  const url = await testDatabase();
  expect(await testDatabase()).toBe(url);
  expect(await tableCount(await connected(url))).toBeGreaterThan(0);
});

test('an empty database has no table and is another one', async () => {
  const url = await emptyDatabase();
  expect(url).not.toBe(await testDatabase());
  expect(await tableCount(await connected(url))).toBe(0);
});

test('labels tell empty databases apart', async () => {
  expect(await emptyDatabase('first')).not.toBe(await emptyDatabase('second'));
});
