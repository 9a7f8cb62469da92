import { chmodSync, chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, withClient } from './index.ts';
import { runningPostmaster } from './postmaster.ts';
import { canReach } from './reach.ts';
import { startHolder } from './testing/holder.ts';

const isRoot = process.getuid?.() === 0;
let folder = '';
const cluster = () => join(folder, 'postgres');
const isRunning = () => runningPostmaster(cluster()) !== undefined;
const open = (name: string) => openDatabase(name, { dataFolder: folder, env: {} });

async function answer(url: string, sql: string): Promise<unknown> {
  const { rows } = await withClient(url, (client) => client.query({ text: sql, rowMode: 'array' }));
  return rows[0]?.[0];
}

function newFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  chmodSync(made, 0o755);
  return made;
}

beforeAll(() => {
  folder = newFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('one command', () => {
  test('has a database of the asked name, durable, on the loopback alone, and stops the server', async () => {
    const database = await open('first');
    expect(await answer(database.url, 'select current_database()')).toBe('first');
    expect(await answer(database.url, 'show fsync')).toBe('on');
    expect(await answer(database.url, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await answer(database.url, 'show unix_socket_directories')).toBe('');
    expect(statSync(join(folder, 'postgres.password')).mode & 0o777).toBe(0o600);
    await database.stop();
    expect(isRunning()).toBe(false);
  });

  test('finds its data and its port again', async () => {
    const first = await open('kept');
    await withClient(first.url, (client) => client.query('create table kept as select 7 as n'));
    await first.stop();
    const second = await open('kept');
    expect(second.url).toBe(first.url);
    expect(await answer(second.url, 'select n from kept')).toBe(7);
    await second.stop();
  });

  test('lets nobody in without the password', async () => {
    const database = await open('closed');
    const url = new URL(database.url);
    url.password = 'guess';
    await expect(withClient(url.toString(), (client) => client.query('select 1'))).rejects.toThrow(/password/);
    await database.stop();
  });

  test('that opens two databases stops the server with the second one', async () => {
    const [one, two] = await Promise.all([open('one'), open('two')]);
    await one.stop();
    expect(await answer(two.url, 'select current_database()')).toBe('two');
    await two.stop();
    expect(isRunning()).toBe(false);
  });

  test('survives that a client of its own is still connected when the server stops', async () => {
    const database = await open('lingering');
    const pool = new pg.Pool({ connectionString: database.url });
    const lost = new Promise((resolve) => pool.on('error', resolve));
    await pool.query('select 1');
    await database.stop();
    await expect(lost).resolves.toMatchObject({ message: expect.stringMatching(/terminat/) });
    await pool.end();
  });
});

describe('several commands', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends a command and its server', async (signal) => {
    const holder = await startHolder(folder);
    expect(isRunning()).toBe(true);
    expect(await holder.end(signal)).toBe(signal === 'SIGTERM' ? 143 : 130);
    expect(isRunning()).toBe(false);
  });

  test('a command that only joined leaves the server running', async () => {
    const holder = await startHolder(folder);
    const guest = await open('guest');
    await guest.stop();
    expect(await answer(holder.url, 'select 1')).toBe(1);
    await holder.end('SIGTERM');
    expect(isRunning()).toBe(false);
  });

  test('a command that started the server does not take it from one that joined', async () => {
    const holder = await startHolder(folder);
    const guest = await open('guest');
    await holder.end('SIGTERM');
    expect(await answer(guest.url, 'select 1')).toBe(1);
    await guest.stop();
    expect(isRunning()).toBe(false);
  });

  test('a server whose command was killed is used on, then stopped', async () => {
    const holder = await startHolder(folder);
    await holder.end('SIGKILL');
    const pid = runningPostmaster(cluster())?.pid;
    expect(pid).toBeDefined();
    const database = await open('after');
    expect(runningPostmaster(cluster())?.pid).toBe(pid);
    await database.stop();
    expect(isRunning()).toBe(false);
  });

  test('that start at once share one server', async () => {
    const holders = await Promise.all([1, 2, 3].map(() => startHolder(folder)));
    expect(new Set(holders.map((holder) => new URL(holder.url).port)).size).toBe(1);
    await Promise.all(holders.map((holder) => holder.end('SIGTERM')));
    expect(isRunning()).toBe(false);
  });
});

describe.runIf(isRoot)('accounts', () => {
  const nobody = { uid: 65_534, gid: 65_534 };
  const nobodyRunsHere = canReach(dirname(process.execPath), nobody) && canReach(import.meta.dirname, nobody);
  let shared = '';
  beforeEach(() => {
    shared = folder;
    folder = newFolder();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    folder = shared;
  });

  test('as root, below a folder that others cannot enter, the data goes to the temporary folder', async () => {
    chmodSync(folder, 0o700);
    const holder = await startHolder(join(folder, '.data'));
    const place = /its data is in (\S+)\.$/.exec(holder.lines[0] ?? '')?.[1] ?? '';
    expect(place.startsWith(tmpdir())).toBe(true);
    expect(await answer(holder.url, 'show data_directory')).toBe(join(place, 'postgres'));
    await holder.end('SIGTERM');
    rmSync(place, { recursive: true, force: true });
  });

  test.runIf(nobodyRunsHere)('as an ordinary user the data belongs to that user, and root can use it too', async () => {
    chownSync(folder, nobody.uid, nobody.gid);
    const holder = await startHolder(folder, nobody);
    expect(statSync(cluster()).uid).toBe(nobody.uid);
    await holder.end('SIGTERM');
    const database = await open('as_root');
    expect(await answer(database.url, 'select 1')).toBe(1);
    await database.stop();
  });
});

describe('with DATABASE_URL', () => {
  test('nothing is started and the database is made beside the named one', async () => {
    const server = await open('named');
    const beside = await openDatabase('beside', {
      dataFolder: join(folder, 'unused'),
      env: { DATABASE_URL: server.url },
    });
    expect(new URL(beside.url).port).toBe(new URL(server.url).port);
    expect(await answer(beside.url, 'select current_database()')).toBe('beside');
    await beside.stop();
    expect(await answer(server.url, 'select 1')).toBe(1);
    await server.stop();
  });
});
