import { askOnce, type Call, type Server } from './call.ts';
import { CountersignError } from './error.ts';
import { isRepeatable, RETRIES_BY_DEFAULT, type RetryOptions, waitBefore } from './retries.ts';
import type { CallOptions, CountersignClient } from './surface.ts';

export { CountersignError, type CountersignErrorCode } from './error.ts';
export type { RetryOptions } from './retries.ts';
export type * from './surface.ts';

export interface ClientOptions extends Partial<RetryOptions> {
  /** Where the console is, such as `https://console.example`. */
  readonly url: string;
  /** From the console, Settings, API keys; its scopes decide what may be called. */
  readonly apiKey: string;
  /** For one try. Default 30,000. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/**
 * The typed client for platform backends: `client.withdrawals.request.mutate({ … })`. Amounts are text, times ISO 8601.
 * Looking, and whatever carries an `idempotencyKey`, is tried again where that can help; nothing else is sent twice.
 * Every failure is a `CountersignError`.
 */
export function createClient(options: ClientOptions): CountersignClient {
  const { url, apiKey, timeoutMs = TIMEOUT_MS, fetch: given = fetch } = options;
  const server: Server = { url, apiKey, timeoutMs, fetch: given };
  const { retries = RETRIES_BY_DEFAULT.retries, waitMsMax = RETRIES_BY_DEFAULT.waitMsMax } = options;
  const ask =
    (path: string, how: Call['how']) =>
    (input: unknown, { signal }: CallOptions = {}) =>
      askPatiently({ path, how, input, signal }, server, { retries, waitMsMax });
  return branches((noun) =>
    branches((verb) => ({ query: ask(`${noun}.${verb}`, 'query'), mutate: ask(`${noun}.${verb}`, 'mutate') })),
  ) as CountersignClient;
}

const TIMEOUT_MS = 30_000;

async function askPatiently(call: Call, server: Server, options: RetryOptions): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await askOnce(call, server);
    } catch (error) {
      const waitMs =
        error instanceof CountersignError && isRepeatable(call.how, call.input)
          ? waitBefore(tries, error, options)
          : null;
      if (waitMs === null) throw error;
      await pause(waitMs, call.signal);
    }
  }
}

/** Rejects as soon as the caller has had enough. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** An object whose every name leads on. `then` is asked for when it comes out of a promise, and leads nowhere. */
const branches = (make: (name: string) => unknown): unknown =>
  new Proxy({}, { get: (_target, name) => (typeof name === 'string' && name !== 'then' ? make(name) : undefined) });
