import { blockProvider, tryAgainAfter, unknown, unknownAndPause, type Verdict } from './verdict.ts';

const RETRY_AFTER_MS_MIN = 60_000;
/** A longer wait than a day is a mistake of the sender's. */
const RETRY_AFTER_MS_MAX = 86_400_000;

interface HttpRow {
  readonly status: (status: number) => boolean;
  readonly verdict: Verdict;
}

const oneOf =
  (...statuses: number[]) =>
  (status: number) =>
    statuses.includes(status);
const between = (from: number, to: number) => (status: number) => status >= from && status <= to;

/** What a reply means whose body is not the vendor's envelope. */
const HTTP_ROWS: readonly HttpRow[] = [
  { status: oneOf(401, 403, 404, 405, 413, 415), verdict: blockProvider('http_refused') },
  { status: between(300, 399), verdict: unknownAndPause('http_redirect') },
  { status: oneOf(400, 422), verdict: unknownAndPause('http_bad_request') },
  { status: oneOf(408, 409), verdict: unknown('http_conflict') },
  { status: between(500, 599), verdict: unknown('http_server_error') },
  { status: between(200, 299), verdict: unknown('unreadable_reply') },
];
const UNEXPECTED = unknown('http_unexpected');

export interface HttpReply {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** When the reply came, for a `Retry-After` that names an instant. */
  readonly at: Date;
}

export function judgeHttp(reply: HttpReply): Verdict {
  if (reply.status === 429) return judgeRateLimit(reply);
  return HTTP_ROWS.find((row) => row.status(reply.status))?.verdict ?? UNEXPECTED;
}

/** A rate limit is a refusal unless the body says something itself; the vendor's wait counts, at least a minute. */
export function judgeRateLimit(reply: HttpReply): Verdict {
  return tryAgainAfter('rate_limited', retryAfterMs(reply));
}

function retryAfterMs({ retryAfter = '', at }: HttpReply): number {
  const asked = /^\d{1,9}$/.test(retryAfter)
    ? Number.parseInt(retryAfter, 10) * 1000
    : Date.parse(retryAfter) - at.getTime();
  if (Number.isNaN(asked)) return RETRY_AFTER_MS_MIN;
  return Math.min(Math.max(asked, RETRY_AFTER_MS_MIN), RETRY_AFTER_MS_MAX);
}
