import pg from 'pg';
import type { Secret } from '#server/kernel/secret.ts';

/** How often it is read again without being told; a notification makes it read at once. */
const READ_EVERY_MS = 1_000;
/** Nothing that was read longer ago is believed. */
const BELIEVED_FOR_MS = 5_000;
const CONNECT_AGAIN_MS = 250;
const TIMEOUT_MS = 3_000;

export interface WatchOptions<Value> {
  /** Past any pooler: LISTEN needs a connection of its own. */
  readonly url: Secret;
  readonly channel: string;
  readonly read: (client: pg.Client) => Promise<Value>;
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps one value of the database at hand, to be asked for without waiting. What is not certain is not known: from a
 * notification until the value has been read again, while the connection is lost, and when the last reading is old.
 */
export class DatabaseWatch<Value> {
  readonly #options: WatchOptions<Value>;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #read: { readonly value: Value; readonly at: number } | null = null;
  readonly #first = Promise.withResolvers<void>();
  #notices = 0;
  #wake: () => void = () => undefined;

  constructor(options: WatchOptions<Value>) {
    this.#options = options;
  }

  /** Resolves when it has been read for the first time, or could not be. */
  start(): Promise<void> {
    this.#running = this.#run();
    return this.#first.promise;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#running;
  }

  /** The value, or null when it is not known right now. */
  current(): Value | null {
    if (!this.#read || performance.now() - this.#read.at > BELIEVED_FOR_MS) return null;
    return this.#read.value;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const client = new pg.Client({
        connectionString: this.#options.url.reveal(),
        connectionTimeoutMillis: TIMEOUT_MS,
        query_timeout: TIMEOUT_MS,
        keepAlive: true,
        application_name: 'countersign watch',
      });
      try {
        await this.#watch(client);
      } catch (error) {
        this.#read = null;
        this.#options.onError(error);
        this.#first.resolve();
        await this.#pause(CONNECT_AGAIN_MS);
      } finally {
        this.#read = null;
        client.end().catch(() => undefined);
      }
    }
  }

  async #watch(client: pg.Client): Promise<void> {
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => undefined);
    const lose = (error: unknown): void => {
      this.#read = null;
      lost.reject(error);
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the connection ended')));
    client.on('notification', () => {
      this.#notices += 1;
      this.#read = null;
      this.#wake();
    });
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(this.#options.channel)}`);
    while (!this.#stopping.signal.aborted) {
      const notices = this.#notices;
      const at = performance.now();
      const value = await Promise.race([this.#options.read(client), lost.promise]);
      // Something changed while it was read: it is read once more before anybody is told.
      if (notices !== this.#notices) continue;
      this.#read = { value, at };
      this.#first.resolve();
      await Promise.race([this.#pause(READ_EVERY_MS), lost.promise]);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
