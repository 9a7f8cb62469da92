import type { CountersignError, CountersignErrorCode } from './error.ts';

/** How often and how long a call is made again. */
export interface RetryOptions {
  /** Tries after the first one. */
  readonly retries: number;
  /** Whoever would have to wait longer than this is told instead. */
  readonly waitMsMax: number;
}

export const RETRIES_BY_DEFAULT: RetryOptions = { retries: 3, waitMsMax: 30_000 };
const FIRST_WAIT_MS = 200;

/** What passes by itself: nobody answered, too much at once, or the server cannot say what became of it. */
const PASSING: readonly CountersignErrorCode[] = ['network', 'rate.limited', 'system.busy', 'system.outcome_unknown'];

/**
 * Looking is always safe to do again. Doing is safe where the call carries an idempotency key, which makes the second
 * time answer what the first one did; without one, nothing is ever sent twice.
 */
export const isRepeatable = (how: 'query' | 'mutate', input: unknown): boolean =>
  how === 'query' ||
  (typeof input === 'object' &&
    input !== null &&
    'idempotencyKey' in input &&
    typeof input.idempotencyKey === 'string');

/** How long to wait before the next try; null when there is none. */
export function waitBefore(
  tries: number,
  { code, retryAfterMs }: CountersignError,
  { retries, waitMsMax }: RetryOptions,
): number | null {
  if (tries > retries || !PASSING.includes(code)) return null;
  // Spread out, so that many who failed together do not come back together.
  const waitMs = retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + Math.random());
  return waitMs <= waitMsMax ? waitMs : null;
}
