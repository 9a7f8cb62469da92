import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../processes/alive.ts';

const PAUSE_MS = 50;
const WAIT_MS = 120_000;

function holderOf(path: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch {
    return undefined;
  }
}

function take(path: string): boolean {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Takes the lock of a dead holder away by renaming it: of two that try, one succeeds. */
function discardDead(path: string): void {
  const holder = holderOf(path);
  if (holder === undefined || isAlive(holder)) return;
  const aside = `${path}.dead.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (holderOf(aside) !== holder) linkSync(aside, path);
  rmSync(aside, { force: true });
}

/** Runs `work` while no other command starts or stops the same cluster. A holder that died does not block. */
export async function withStartLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + WAIT_MS;
  while (!take(path)) {
    discardDead(path);
    if (Date.now() > until) throw new Error(`process ${holderOf(path)} holds ${path} for too long`);
    await pause(PAUSE_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
