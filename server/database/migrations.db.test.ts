import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase, testDatabase } from '#server/testing/database.ts';
import { schemaDump } from '#server/testing/schema-dump.ts';
import { migrations } from '../../migrations/index.ts';
import { migrateDown, migrateUp, pendingMigrations, schemaDrift } from './migrate.ts';

const ROWS_BROUGHT = ['assets', 'provider_states', 'ledger_fold'];
const names = migrations.map(({ name }) => name);

async function onDatabase(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  let url: string;
  let first: string[];
  beforeAll(async () => {
    url = await emptyDatabase('migrations');
    await migrateUp(url);
    first = await schemaDump(url, ROWS_BROUGHT);
  });

  test('up, down and up again leave the identical schema, and down leaves none', async () => {
    expect(first.length).toBeGreaterThan(200);
    expect((await migrateDown(url)).toSorted()).toEqual(names.toSorted());
    expect(await schemaDump(url)).toEqual([]);
    expect(await pendingMigrations(url)).toEqual(names);
    expect(await migrateUp(url)).toEqual(names);
    expect(await schemaDump(url, ROWS_BROUGHT)).toEqual(first);
  });

  test('on a database that is up to date nothing is pending and nothing runs', async () => {
    expect(await pendingMigrations(url)).toEqual([]);
    expect(await migrateUp(url)).toEqual([]);
  });

  test('are listed in the order of their names, each once', () => {
    expect(names.toSorted()).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
  });

  test('keep money in numeric(38,18) alone', () => {
    const columns = first.filter((line) => line.startsWith('column public.'));
    const fractions = columns.filter((line) => /\b(numeric|real|double precision|money)\b/.test(line));
    expect(fractions.length).toBeGreaterThan(10);
    expect(fractions.filter((line) => !line.includes(' numeric(38,18) '))).toEqual([]);
  });
});

describe('the schema and the entities', () => {
  let url: string;
  beforeAll(async () => {
    url = await testDatabase();
  });
  afterAll(() => onDatabase(url, 'drop table if exists by_hand'));

  test('agree on a migrated database', async () => {
    expect(await schemaDrift(url)).toEqual([]);
  });

  test.each([
    [
      'a column added by hand',
      'alter table wallets add column nickname text',
      'alter table wallets drop column nickname',
    ],
    ['a table added by hand', 'create table by_hand (id uuid primary key)', 'drop table by_hand'],
    [
      'a column that went away',
      'alter table mining_balances rename column locked to locked_up',
      'alter table mining_balances rename column locked_up to locked',
    ],
  ])('differ by %s, and that is told', async (_what, change, undo) => {
    await onDatabase(url, change);
    expect(await schemaDrift(url)).not.toEqual([]);
    await onDatabase(url, undo);
    expect(await schemaDrift(url)).toEqual([]);
  });
});
