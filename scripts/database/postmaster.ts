import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../processes/alive.ts';

const PAUSE_MS = 20;
const PATIENT_STOP_MS = 15_000;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** The server that runs on this cluster, as its `postmaster.pid` tells; absent if that process is gone. */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const port = Number.parseInt(lines[3] ?? '', 10);
  if (!Number.isInteger(pid) || !isAlive(pid)) return undefined;
  return { pid, port, ready: lines[7]?.trim() === 'ready' };
}

async function isGone(cluster: string, pid: number, waitMs: number): Promise<boolean> {
  const until = Date.now() + waitMs;
  // The file goes away last of all; where nobody reaps orphans, the process stays visible after its end.
  while (isAlive(pid) && existsSync(join(cluster, 'postmaster.pid'))) {
    if (Date.now() > until) return false;
    await pause(PAUSE_MS);
  }
  return true;
}

/** Ends the server: clients are cut off and what was committed stays; if that takes too long, without ceremony. */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  if (runningPostmaster(cluster)?.pid !== pid) return;
  process.kill(pid, 'SIGINT');
  if (await isGone(cluster, pid, PATIENT_STOP_MS)) return;
  await crashPostmaster(cluster, pid);
}

/** As if the machine had lost power: what was committed is found again in the log at the next start. */
export async function crashPostmaster(cluster: string, pid: number): Promise<void> {
  process.kill(pid, 'SIGQUIT');
  await isGone(cluster, pid, PATIENT_STOP_MS);
}
