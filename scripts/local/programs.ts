import { join } from 'node:path';
import { wordsOfScript } from '../package-scripts.ts';
import { type Child, startChild } from '../processes/child.ts';
import { answerFrom, messageFrom } from '../processes/ready.ts';
import { tool } from '../processes/run.ts';
import { onShutdown } from '../processes/shutdown.ts';
import type { LocalServices } from './services.ts';

const READY_MS = 120_000;

export interface ProgramOptions {
  readonly services: LocalServices;
  /** Sees the lines that report an error. */
  readonly onErrorLine: (name: string, line: string) => void;
  readonly development: boolean;
}

const isError = (line: string) => /"level":"(error|fatal)"|^\s*⨯|\bUnhandled\b/.test(line);

function start(name: string, args: readonly string[], { services, onErrorLine }: ProgramOptions): Child {
  const child = startChild({
    name,
    args,
    env: services.env,
    logFile: join(services.logFolder, `${name}.log`),
    onLine: (line) => {
      if (isError(line)) onErrorLine(name, line);
    },
  });
  onShutdown(() => child.stop());
  return child;
}

export async function startWeb(options: ProgramOptions): Promise<Child> {
  const { env, appUrl } = options.services;
  const args = options.development
    ? [tool('next'), 'dev', '-p', env['PORT'] ?? '3000']
    : [...wordsOfScript('start').slice(1), '-H', '127.0.0.1'];
  const child = start('web', args, options);
  await answerFrom(child, `${appUrl}/api/health/live`.replace('localhost', '127.0.0.1'), READY_MS);
  return child;
}

export async function startWorker(options: ProgramOptions): Promise<Child> {
  const watch = options.development ? ['--watch', '--watch-preserve-output'] : [];
  const child = start('worker', [...watch, ...wordsOfScript('worker').slice(1)], options);
  // Under --watch the program is a grandchild, whose channel ends at the watcher.
  if (!options.development) await messageFrom(child, READY_MS);
  return child;
}
