import { type Clock, systemClock } from '#server/kernel/clock.ts';
import type { ProviderEvidence, ProviderName } from '#server/kernel/provider-outcome.ts';
import type { Secret } from '#server/kernel/secret.ts';
import type { ProviderDrift } from './drift.ts';
import { type PostResult, postOnce } from './http-post.ts';
import { redact } from './redaction.ts';

const PROVIDER_DEADLINE_MS = 30_000;
const REPLY_BYTES_MAX = 2 * 1024 * 1024;
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

export interface ProviderClientOptions {
  /** The whole address; nothing is appended. */
  readonly endpoint: string;
  readonly apiKey: Secret;
  readonly deadlineMs?: number;
  /** Throws when no provider may be called now, such as inside a database transaction. What it throws is not caught. */
  readonly guard: () => void;
  readonly clock?: Clock;
  readonly onDrift?: (drift: ProviderDrift) => void;
}

export interface ProviderRequest {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Secrets among the arguments, kept out of the evidence. */
  readonly secrets?: readonly Secret[];
  /** For replies that bring a new secret: which texts must not become evidence. */
  readonly hidesReply?: (text: string) => boolean;
  readonly beforeFirstByte?: (() => void) | undefined;
}

export interface Exchange {
  readonly result: PostResult;
  readonly endedAt: Date;
  readonly evidence: ProviderEvidence;
}

/** Sends one vendor's calls to its one address, and keeps what was seen as evidence without secrets. */
export class ProviderConnection {
  readonly provider: ProviderName;
  readonly #url: URL;
  readonly #keyHeader: string;
  readonly #apiKey: Secret;
  readonly #deadlineMs: number;
  readonly #guard: () => void;
  readonly #clock: Clock;
  #clockOffsetMs: number | null = null;

  constructor(vendor: { provider: ProviderName; keyHeader: string }, options: ProviderClientOptions) {
    this.provider = vendor.provider;
    this.#url = httpUrl(options.endpoint);
    this.#keyHeader = vendor.keyHeader;
    this.#apiKey = options.apiKey;
    this.#deadlineMs = options.deadlineMs ?? PROVIDER_DEADLINE_MS;
    this.#guard = options.guard;
    this.#clock = options.clock ?? systemClock;
    if (!VISIBLE_ASCII.test(options.apiKey.reveal())) throw new TypeError('the API key must be visible ASCII');
  }

  /** What to add to the provider's times to get ours, by the `Date` of its last reply; null before the first. */
  get clockOffsetMs(): number | null {
    return this.#clockOffsetMs;
  }

  async exchange(request: ProviderRequest): Promise<Exchange> {
    this.#guard();
    const startedAt = this.#clock.now();
    const result = await postOnce({
      url: this.#url,
      headers: {
        Accept: 'application/json',
        'Accept-Encoding': 'identity',
        'Content-Type': 'application/json',
        [this.#keyHeader]: this.#apiKey.reveal(),
      },
      body: JSON.stringify({ method: request.method, ...request.args }),
      deadlineMs: this.#deadlineMs,
      bodyBytesMax: REPLY_BYTES_MAX,
      beforeFirstByte: request.beforeFirstByte,
    });
    const endedAt = this.#clock.now();
    if (result.kind === 'replied') this.#noteClock(result.headers.date, endedAt);
    return { result, endedAt, evidence: this.#evidence(request, result, { startedAt, endedAt }) };
  }

  /** What came by another way than a reply, as a reply is kept. */
  withoutSecrets(text: string, secrets: readonly Secret[]): string {
    return redact(text, [this.#apiKey, ...secrets]);
  }

  /** For an instruction that we do not even send. */
  unsent(method: string): ProviderEvidence {
    const at = this.#clock.now().toISOString();
    return { provider: this.provider, method, startedAt: at, endedAt: at, bytesWritten: false, error: 'invalid_order' };
  }

  #noteClock(date: string | undefined, endedAt: Date): void {
    const theirs = Date.parse(date ?? '');
    if (!Number.isNaN(theirs)) this.#clockOffsetMs = endedAt.getTime() - theirs;
  }

  #evidence(request: ProviderRequest, result: PostResult, times: { startedAt: Date; endedAt: Date }): ProviderEvidence {
    const hidden = result.body !== undefined && request.hidesReply?.(result.body) === true;
    const text = hidden ? undefined : result.body;
    const secrets = [this.#apiKey, ...(request.secrets ?? [])];
    return {
      provider: this.provider,
      method: request.method,
      startedAt: times.startedAt.toISOString(),
      endedAt: times.endedAt.toISOString(),
      bytesWritten: result.kind === 'replied' || result.bytesWritten,
      ...(result.status === undefined ? {} : { httpStatus: result.status }),
      ...(text === undefined ? {} : { body: redact(text, secrets) }),
      ...(result.kind === 'failed' ? { error: result.error } : {}),
    };
  }
}

function httpUrl(endpoint: string): URL {
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new TypeError('a provider endpoint must be an http(s) URL');
  if (url.username !== '' || url.password !== '') throw new TypeError('a provider endpoint must not hold credentials');
  return url;
}
