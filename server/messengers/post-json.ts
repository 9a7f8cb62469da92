import type { LookupFunction } from 'node:net';
import { SEND_DEADLINE_MS } from '#server/notifications/index.ts';
import type { SendResult } from '#server/notifications/sender.port.ts';
import { postOnce } from '#server/provider-transport/index.ts';

/** What a receiver answers is not kept; this much of it is read before it counts as a nuisance. */
const REPLY_BYTES_MAX = 64 * 1024;
const RETRY_AFTER_MAX_S = 3_600;

interface JsonPost {
  readonly url: URL;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Throws inside a database transaction. */
  readonly guard: () => void;
  readonly lookup?: LookupFunction | undefined;
}

/** One POST on a fresh socket, without redirects. A receiver has got it when it answers 2xx. */
export async function postJson({ url, body, headers, guard, lookup }: JsonPost): Promise<SendResult> {
  guard();
  const begun = performance.now();
  const result = await postOnce({
    url,
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'Countersign', ...headers },
    body,
    deadlineMs: SEND_DEADLINE_MS,
    bodyBytesMax: REPLY_BYTES_MAX,
    lookup,
  });
  const durationMs = Math.round(performance.now() - begun);
  const httpStatus = result.status;
  const succeeded = httpStatus !== undefined && httpStatus >= 200 && httpStatus < 300;
  if (succeeded && result.kind === 'replied') return { kind: 'delivered', httpStatus, durationMs };
  if (result.kind === 'failed') return { kind: 'failed', error: result.error, httpStatus, durationMs };
  const retryAfterMs = secondsOf(result.headers['retry-after']) * 1_000;
  return { kind: 'failed', error: 'http_status', httpStatus, retryAfterMs, durationMs };
}

const secondsOf = (text: string | undefined): number =>
  /^\d{1,6}$/.test(text ?? '') ? Math.min(Number.parseInt(text ?? '0', 10), RETRY_AFTER_MAX_S) : 0;
