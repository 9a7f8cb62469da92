import { setTimeout as pause } from 'node:timers/promises';
import type { HeadTarget } from '#server/audit/head-target.port.ts';
import { SEALED_AT_ONCE } from '#server/audit/index.ts';
import type { Logger } from '#server/config/index.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { Services } from '#server/services.ts';

const SEAL_EVERY_MS = 500;
const EXPORT_EVERY_MS = 5_000;

interface AuditSealingOptions {
  readonly sessions: Sessions<Services>;
  readonly targets: readonly HeadTarget[];
  readonly logger: Logger;
}

/** Chains what was recorded, and sends signed heads out of the database's reach. Any number of workers may do it. */
export class AuditSealing {
  readonly #sessions: Sessions<Services>;
  readonly #targets: readonly HeadTarget[];
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor({ sessions, targets, logger }: AuditSealingOptions) {
    this.#sessions = sessions;
    this.#targets = targets;
    this.#logger = logger;
  }

  start(): void {
    this.#running = Promise.all([
      this.#repeat(SEAL_EVERY_MS, () => this.seal()),
      this.#repeat(EXPORT_EVERY_MS, () => this.export()),
    ]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async seal(): Promise<void> {
    let taken = SEALED_AT_ONCE;
    while (taken === SEALED_AT_ONCE && !this.#stopping.signal.aborted) {
      taken = await this.#sessions.inTransaction(({ auditSealer }) => auditSealer.seal());
    }
  }

  /** One target's failure is not another's. */
  async export(): Promise<void> {
    for (const target of this.#targets) {
      if (!(await this.#sessions.inTransaction(({ headExport }) => headExport.claimsTurn(target.name)))) continue;
      const head = await this.#sessions.inTransaction(({ auditHead }) => auditHead.renew());
      const failure = head ? await target.keep(head) : 'no_head';
      await this.#sessions.inTransaction(({ headExport }) =>
        failure === null && head
          ? headExport.noteKept(target.name, head.position)
          : headExport.noteFailure(target.name, failure ?? 'no_head'),
      );
      if (failure !== null) this.#logger.warn({ target: target.name, failure }, 'a head of the record was not kept');
    }
  }

  async #repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        this.#logger.warn({ err: error }, 'sealing the record');
      }
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
