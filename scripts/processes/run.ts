import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '../paths.ts';
import { onShutdown } from './shutdown.ts';
import { TailBuffer } from './tail-buffer.ts';

const TAIL_LINES = 200;

export interface RunResult {
  readonly code: number;
  /** The last lines of its output, colours included. */
  readonly tail: readonly string[];
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Show nothing while it runs. */
  readonly quiet?: boolean;
  /** Where it runs; the project's folder unless told otherwise. */
  readonly cwd?: string;
}

/** Path of a tool that npm installed. All of ours are Node programs, so they run on the Node of this script. */
export const tool = (name: string): string => join(projectFolder, 'node_modules', '.bin', name);

/** Runs a Node program to its end, shows its output as it comes and keeps the last lines. */
export function run(
  args: readonly string[],
  { env = {}, quiet = false, cwd = projectFolder }: RunOptions = {},
): Promise<RunResult> {
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = spawn(process.execPath, [...args], {
    cwd,
    env: { ...process.env, ...colours, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const forget = onShutdown(
    () =>
      new Promise((resolve) => {
        child.once('close', () => resolve());
        child.kill('SIGTERM');
      }),
  );
  const tail = new TailBuffer(TAIL_LINES);
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.setEncoding('utf8');
    from.on('data', (chunk: string) => {
      tail.push(chunk);
      if (!quiet) to.write(chunk);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      forget();
      resolve({ code: code ?? 1, tail: tail.lines() });
    });
  });
}
