import type { Logger } from '#server/config/index.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { PROVIDERS, type ProviderName } from '#server/kernel/provider-outcome.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { Services } from '#server/services.ts';
import type { WorkerProcess } from '#server/system/index.ts';
import { WORKER } from './job-context.ts';

const BEAT_EVERY_MS = 3_000;
/** A provider that takes longer than this to answer a simple question is shown as failing, though its answer may come. */
const ANSWER_WITHIN_MS = 4_000;

interface HeartbeatOptions {
  readonly sessions: Sessions<Services>;
  readonly process: WorkerProcess;
  readonly logger: Logger;
}

/** Says that this worker lives, announces breakers, and asks the providers whether they answer. */
export class Heartbeat {
  readonly #sessions: Sessions<Services>;
  readonly #process: WorkerProcess;
  readonly #logger: Logger;
  readonly #asking = new Map<ProviderName, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #beating: Promise<void> = Promise.resolve();

  constructor({ sessions, process, logger }: HeartbeatOptions) {
    this.#sessions = sessions;
    this.#process = process;
    this.#logger = logger;
  }

  /** Resolves after the first beat: nothing is sent by a worker that has not said its name. */
  async start(): Promise<void> {
    await this.#sessions.inTransaction(({ workers }) => workers.beat(this.#process));
    this.#timer = setInterval(() => {
      this.#beating = this.#beating.then(() => this.#quietly(this.beat()));
    }, BEAT_EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#beating;
    await Promise.all(this.#asking.values());
  }

  async beat(): Promise<void> {
    await this.#sessions.inTransaction(async ({ workers, providerWatch }) => {
      await workers.beat(this.#process);
      await providerWatch.announceBreakers(WORKER);
    });
    for (const provider of PROVIDERS) {
      if (this.#asking.has(provider)) continue;
      const asked = this.#quietly(this.ask(provider)).finally(() => this.#asking.delete(provider));
      this.#asking.set(provider, asked);
    }
  }

  /** One simple question, by one worker at a time; resolves when its answer, or that there was none, is written. */
  async ask(provider: ProviderName): Promise<void> {
    if (!(await this.#sessions.inTransaction(({ providerWatch }) => providerWatch.claimsTurn(provider)))) return;
    const failure = await this.#failureOf(provider);
    await this.#sessions.inTransaction(async ({ providerWatch, mining, wallets }) => {
      if (failure !== null) return providerWatch.noteFailure(provider, failure);
      const { clockOffsetMs } = provider === 'hashdam' ? mining : wallets;
      return providerWatch.noteAnswer(provider, clockOffsetMs);
    });
  }

  async #failureOf(provider: ProviderName): Promise<string | null> {
    const tooSlow = Promise.withResolvers<string>();
    const timer = setTimeout(() => tooSlow.resolve('no_answer_in_time'), ANSWER_WITHIN_MS);
    const answer = this.#sessions
      .withoutTransaction(({ mining, wallets }) => (provider === 'hashdam' ? mining : wallets).knock())
      .then(() => null, failureText);
    try {
      return await Promise.race([answer, tooSlow.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #quietly(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#logger.warn({ err: error }, 'heartbeat');
    }
  }
}

function failureText(error: unknown): string {
  if (!(error instanceof DomainError)) throw error;
  return String(error.detail['reason'] ?? error.message);
}
