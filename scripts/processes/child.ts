import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectFolder } from '../paths.ts';
import { TailBuffer } from './tail-buffer.ts';

const PATIENT_STOP_MS = 15_000;
const TAIL_LINES = 20;

export interface ChildOptions {
  readonly name: string;
  /** Arguments of the Node that runs this script. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
  /** Sees every line the child writes. */
  readonly onLine?: (line: string) => void;
}

export interface Child {
  readonly name: string;
  readonly pid: number | undefined;
  /** What it ended by: its exit code, else the signal. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** The first thing it says over its channel; never settles if it says nothing. */
  readonly firstMessage: Promise<unknown>;
  /** Whether its end was asked for. */
  wasStopped(): boolean;
  /** The last lines it wrote. */
  tail(): readonly string[];
  /** Asks it to end, waits, and insists if that takes too long. */
  stop(): Promise<void>;
}

/** To the whole group, so that nothing which the child itself started stays behind. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function keepOutput(child: ChildProcess, options: ChildOptions): TailBuffer {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  const tail = new TailBuffer(TAIL_LINES);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      log.write(chunk);
      for (const line of tail.push(chunk)) options.onLine?.(line);
    });
  }
  child.once('close', () => log.end());
  return tail;
}

/**
 * Starts a Node program in a group of its own: Ctrl-C reaches it only through `stop`, in our order. It gets a channel to
 * this process and ends with it, even if this one is killed (see `endWithParent`).
 */
export function startChild(options: ChildOptions): Child {
  const child = spawn(process.execPath, [...options.args], {
    cwd: projectFolder,
    env: { ...options.env } as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const tail = keepOutput(child, options);
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 1));
  });
  const firstMessage = new Promise<unknown>((resolve) => child.once('message', resolve));
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  let isStopped = false;
  const stop = async () => {
    isStopped = true;
    if (isOver) return;
    signalGroup(child, 'SIGTERM');
    const abort = new AbortController();
    await Promise.race([ended, pause(PATIENT_STOP_MS, undefined, { signal: abort.signal }).catch(() => undefined)]);
    abort.abort();
    if (!isOver) signalGroup(child, 'SIGKILL');
    await ended;
  };
  return {
    name: options.name,
    pid: child.pid,
    ended,
    firstMessage,
    wasStopped: () => isStopped,
    tail: () => tail.lines(),
    stop,
  };
}
