import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { wordsOfScript } from '../package-scripts.ts';
import { type Child, startChild } from '../processes/child.ts';
import { answerFrom, messageFrom } from '../processes/ready.ts';
import { onShutdown } from '../processes/shutdown.ts';

const READY_MS = 60_000;
const AGAIN_AFTER_MS = 300;

export interface MemberOptions {
  readonly name: string;
  readonly script: 'start' | 'worker';
  readonly env: Readonly<Record<string, string>>;
  readonly logFolder: string;
}

/** One process of the product under a supervisor of the simplest kind: whenever it ends, it is started again. */
export class Member {
  readonly #options: MemberOptions;
  #child: Child | undefined;
  #downMs = AGAIN_AFTER_MS;
  #wanted = true;
  /** How often it was started. */
  starts = 0;

  constructor(options: MemberOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves once it has said that it is ready; from then on it is kept running. */
  async start(): Promise<void> {
    const child = this.#launch();
    onShutdown(() => this.stop());
    const { script, env } = this.#options;
    if (script === 'worker') await messageFrom(child, READY_MS);
    else await answerFrom(child, `http://127.0.0.1:${env['PORT']}/api/health/ready`, READY_MS);
  }

  signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(pid, signal);
    } catch {
      // It has just ended by itself.
    }
  }

  /** Dies at once, with all it was doing; its successor starts after `downMs`. */
  kill(downMs = AGAIN_AFTER_MS): void {
    this.#downMs = downMs;
    this.signal('SIGKILL');
  }

  /** Asked to end, as by a deployment; resolves to how it ended. */
  async retire(): Promise<number | NodeJS.Signals> {
    const child = this.#child;
    this.signal('SIGTERM');
    return child ? child.ended : 0;
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    this.signal('SIGCONT');
    await this.#child?.stop();
  }

  #launch(): Child {
    const { name, script, env, logFolder } = this.#options;
    const words = wordsOfScript(script).slice(1);
    const args = script === 'start' ? [...words, '-H', '127.0.0.1'] : words;
    const child = startChild({ name, args, env, logFile: join(logFolder, `${name}.log`) });
    this.#child = child;
    this.starts += 1;
    void child.ended.then(() => this.#succeed());
    return child;
  }

  async #succeed(): Promise<void> {
    await pause(this.#downMs);
    this.#downMs = AGAIN_AFTER_MS;
    if (this.#wanted) this.#launch();
  }
}
