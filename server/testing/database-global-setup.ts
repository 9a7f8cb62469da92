import { setTimeout as pause } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { migrateUp } from '#server/database/migrate.ts';
import { dropDatabase, ensureDatabase, openDatabase, withClient } from '../../scripts/database/index.ts';
import { isAlive } from '../../scripts/processes/alive.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: { url: string; prefix: string; template: string };
  }
}

const FAMILY = 'countersign_test_';

async function ownNames(serverUrl: string, family: string): Promise<string[]> {
  const found = await withClient(serverUrl, (client) =>
    client.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [family]),
  );
  return found.rows.map((row) => row.datname);
}

/** A run that was killed leaves its databases; the number in their name is its process. */
async function dropLeftovers(serverUrl: string): Promise<void> {
  for (const name of await ownNames(serverUrl, FAMILY)) {
    const pid = Number.parseInt(name.slice(FAMILY.length), 10);
    if (!isAlive(pid)) await dropDatabase(serverUrl, name);
  }
}

/** Connections of a migration may linger for a moment, and a template must have none. */
async function untilUnused(serverUrl: string, name: string): Promise<void> {
  for (let rounds = 0; rounds < 100; rounds += 1) {
    const busy = await withClient(serverUrl, (client) =>
      client.query('select 1 from pg_stat_activity where datname = $1', [name]),
    );
    if (!busy.rowCount) return;
    await pause(20);
  }
}

/** Migrates one template; every test file copies it (see `database.ts`). Gone again after the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `${FAMILY}${process.pid}_`;
  const template = `${prefix}template`;
  const { url, stop } = await openDatabase('countersign_tests', { server: 'test' });
  const isEmbedded = !process.env['DATABASE_URL'];
  if (isEmbedded) await dropLeftovers(url);
  await dropDatabase(url, template);
  await migrateUp(await ensureDatabase(url, template));
  await untilUnused(url, template);
  project.provide('testServer', { url, prefix, template });
  return async () => {
    for (const name of await ownNames(url, prefix)) await dropDatabase(url, name);
    await stop();
  };
}
