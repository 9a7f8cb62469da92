import { setTimeout as pause } from 'node:timers/promises';
import { breachesOf, LEDGER_RULES, WITHDRAWAL_RULES } from '#server/ledger/index.ts';
import { withClient } from '../database/index.ts';
import type { Finding } from './checker.ts';

const EVERY_MS = 1_000;
const RULES = { ...LEDGER_RULES, ...WITHDRAWAL_RULES };

/** Rows that break a rule of the books, as a line for each rule. */
export const breachesIn = (databaseUrl: string): Promise<Finding[]> =>
  withClient(databaseUrl, async (client) => {
    const breaches = await breachesOf(async (text) => (await client.query<object>(text)).rows, RULES);
    return breaches.map(({ rule, rows }) => `books: ${rule}: ${JSON.stringify(rows.slice(0, 3))}`);
  });

/** Looks at the books every second while everything runs, also in the middle of what goes wrong. */
export class BookWatch {
  readonly breaches = new Set<Finding>();
  /** How often the books were looked at, and how often the database was not there to be asked. */
  looks = 0;
  missed = 0;
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;

  constructor(databaseUrl: () => string) {
    this.#done = this.#watch(databaseUrl);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#done;
  }

  async #watch(databaseUrl: () => string): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      try {
        for (const breach of await breachesIn(databaseUrl())) this.breaches.add(breach);
        this.looks += 1;
      } catch {
        this.missed += 1;
      }
      await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
