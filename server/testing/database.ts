import pg from 'pg';
import { expect, inject } from 'vitest';

/** By file: a worker runs many, one after the other, and each starts from nothing. */
const made = { by: '', urls: new Map<string, Promise<string>>() };

async function create(name: string, template: string): Promise<string> {
  const server = inject('testServer');
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
    await client.query(
      `create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(template)}`,
    );
  } finally {
    await client.end();
  }
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.toString();
}

function once(label: string, template: string): Promise<string> {
  const name = `${inject('testServer').prefix}${label}_${process.env['VITEST_POOL_ID'] ?? '0'}`;
  const by = expect.getState().testPath ?? '';
  if (made.by !== by) Object.assign(made, { by, urls: new Map() });
  const url = made.urls.get(name) ?? create(name, template);
  made.urls.set(name, url);
  return url;
}

/**
 * Address of a migrated database that belongs to this test file alone: fresh at the first call, the same one at every
 * further call in the file. Close your pools in `afterAll`.
 */
export function testDatabase(): Promise<string> {
  return once('worker', inject('testServer').template);
}

/** The same without any table, for tests of the migrations themselves. A label tells several apart. */
export function emptyDatabase(label = 'empty'): Promise<string> {
  return once(label, 'template0');
}
