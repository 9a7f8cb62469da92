import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../processes/free-port.ts';
import type { Places } from './places.ts';
import { type Postmaster, runningPostmaster } from './postmaster.ts';

const LAUNCHES_MAX = 5;
const PORT_TAKEN = /could not create any TCP\/IP sockets/;
const READY_MS = 60_000;
const PAUSE_MS = 20;

const ALWAYS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
};
/** For data that nobody misses after a power cut. */
const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export interface LaunchOptions {
  readonly durable: boolean;
  readonly logFile: string;
}

/** The port of last time, so that addresses noted elsewhere stay true; else any that is free. */
async function choosePort(cluster: string): Promise<number> {
  const file = join(cluster, 'countersign.port');
  const wanted = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
  const port = await freePort(Number.isInteger(wanted) ? wanted : 0);
  writeFileSync(file, String(port));
  return port;
}

function spawnPostgres(places: Places, port: number, options: LaunchOptions): ChildProcess {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a', 0o600);
  const settings = Object.entries({ ...ALWAYS, ...(options.durable ? {} : CARELESS) });
  const child = spawn(
    join(places.native, 'bin', 'postgres'),
    ['-D', places.cluster, '-p', String(port), ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A session of its own: Ctrl-C must not reach Postgres before those who use it have ended.
    { ...places.account, cwd: places.cluster, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  child.unref();
  return child;
}

/** Waits until the server on this cluster accepts connections, also when another command is just starting it. */
export async function untilReady(cluster: string, hasFailed: () => boolean): Promise<Postmaster | undefined> {
  for (const until = Date.now() + READY_MS; Date.now() < until && !hasFailed(); await pause(PAUSE_MS)) {
    const server = runningPostmaster(cluster);
    if (server?.ready) return server;
  }
  return undefined;
}

async function launchOnce(places: Places, port: number, options: LaunchOptions): Promise<Postmaster | undefined> {
  let failed = false;
  const child = spawnPostgres(places, port, options);
  for (const event of ['error', 'exit'])
    child.once(event, () => {
      failed = true;
    });
  return untilReady(places.cluster, () => failed);
}

/** Between finding a port free and taking it another program may take it: then again with another port. */
export async function launchPostgres(places: Places, options: LaunchOptions): Promise<Postmaster> {
  let said = '';
  for (let attempt = 1; attempt <= LAUNCHES_MAX; attempt += 1) {
    const server = await launchOnce(places, await choosePort(places.cluster), options);
    if (server) return server;
    said = readFileSync(options.logFile, 'utf8').trim().split('\n').slice(-3).join(' | ');
    if (!PORT_TAKEN.test(said)) break;
  }
  throw new Error(`Postgres did not start (${options.logFile}): ${said}`);
}
