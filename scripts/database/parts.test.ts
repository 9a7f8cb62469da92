import { chmodSync, existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyNative, restoreLinks } from './binaries.ts';
import { nameOfDatabase, urlOfDatabase } from './databases.ts';
import { passwordIn } from './password.ts';
import { runningPostmaster } from './postmaster.ts';
import { canReach } from './reach.ts';
import { withStartLock } from './start-lock.ts';
import { ClusterUsers } from './users.ts';

/** Above what any system hands out, so never alive. */
const DEAD_PID = 2 ** 30;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('addresses', () => {
  test('another database keeps server, credentials and options', () => {
    const url = urlOfDatabase('postgres://u:p%40ss@db.example:5433/app?sslmode=require', 'other one');
    expect(url).toBe('postgres://u:p%40ss@db.example:5433/other%20one?sslmode=require');
    expect(nameOfDatabase(url)).toBe('other one');
  });
});

describe('the start lock', () => {
  test('lets one at a time through', async () => {
    const lock = join(folder, 'lock');
    const events: string[] = [];
    const pass = (name: string) =>
      withStartLock(lock, async () => {
        events.push(`${name} in`);
        await new Promise(setImmediate);
        events.push(`${name} out`);
      });
    await Promise.all([pass('a'), pass('b')]);
    expect(events).toEqual(['a in', 'a out', 'b in', 'b out']);
    expect(existsSync(lock)).toBe(false);
  });

  test('does not wait for a holder that died', async () => {
    const lock = join(folder, 'lock');
    writeFileSync(lock, String(DEAD_PID));
    expect(await withStartLock(lock, async () => 'through')).toBe('through');
  });

  test('is given back when the work fails', async () => {
    const lock = join(folder, 'lock');
    await expect(withStartLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });
});

describe('users of a cluster', () => {
  test('a living one counts, a dead one is forgotten, oneself does not count', () => {
    const users = new ClusterUsers(join(folder, 'users'));
    users.join();
    writeFileSync(join(folder, 'users', String(DEAD_PID)), '');
    expect(users.hasOthers()).toBe(false);
    expect(existsSync(join(folder, 'users', String(DEAD_PID)))).toBe(false);
    writeFileSync(join(folder, 'users', String(process.ppid)), '');
    expect(users.hasOthers()).toBe(true);
  });
});

describe('postmaster.pid', () => {
  const write = (pid: number, status: string) =>
    writeFileSync(join(folder, 'postmaster.pid'), [pid, folder, 1, 5555, '', '127.0.0.1', 0, status].join('\n'));

  test('names a living server, its port and whether it is ready', () => {
    write(process.pid, 'starting');
    expect(runningPostmaster(folder)).toEqual({ pid: process.pid, port: 5555, ready: false });
    write(process.pid, 'ready   ');
    expect(runningPostmaster(folder)?.ready).toBe(true);
  });

  test('left by a dead server means none', () => {
    write(DEAD_PID, 'ready');
    expect(runningPostmaster(folder)).toBeUndefined();
  });
});

describe('reach', () => {
  test('ends at a folder that others cannot enter', () => {
    const stranger = { uid: DEAD_PID, gid: DEAD_PID };
    const inside = join(folder, 'inside');
    mkdirSync(inside);
    chmodSync(folder, 0o755);
    expect(canReach(inside, stranger)).toBe(true);
    chmodSync(folder, 0o700);
    expect(canReach(inside, stranger)).toBe(false);
    expect(canReach(inside, { uid: statSync(folder).uid, gid: DEAD_PID })).toBe(true);
  });
});

describe('binaries', () => {
  function fakePackage(): void {
    mkdirSync(join(folder, 'native', 'lib'), { recursive: true });
    writeFileSync(join(folder, 'native', 'lib', 'a.so.1.2'), 'a');
    writeFileSync(
      join(folder, 'native', 'pg-symlinks.json'),
      JSON.stringify([{ source: 'native/lib/a.so.1.2', target: 'native/lib/a.so.1' }]),
    );
  }

  test('links that an install without scripts left out are made, once', () => {
    fakePackage();
    restoreLinks(folder);
    restoreLinks(folder);
    expect(readlinkSync(join(folder, 'native', 'lib', 'a.so.1'))).toBe('a.so.1.2');
  });

  test('a copy keeps links relative and is open to everybody', () => {
    fakePackage();
    restoreLinks(folder);
    chmodSync(join(folder, 'native', 'lib'), 0o700);
    mkdirSync(join(folder, 'copies'));
    const copy = copyNative(join(folder, 'native'), join(folder, 'copies'));
    expect(readlinkSync(join(copy, 'lib', 'a.so.1'))).toBe('a.so.1.2');
    expect(statSync(join(copy, 'lib')).mode & 0o777).toBe(0o755);
    expect(statSync(join(copy, 'lib', 'a.so.1.2')).mode & 0o444).toBe(0o444);
    expect(copyNative(join(folder, 'native'), join(folder, 'copies'))).toBe(copy);
  });
});

test('a password is made once, long, and readable by its owner alone', () => {
  const file = join(folder, 'password');
  const password = passwordIn(file);
  expect(password.length).toBeGreaterThanOrEqual(32);
  expect(passwordIn(file)).toBe(password);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
