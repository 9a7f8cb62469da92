import type { TRPCError } from '@trpc/server';
import { type CallBudget, retryAfter } from '#server/operators/index.ts';
import { factsOf } from './errors.ts';

type Standing = Pick<CallBudget, 'callsPerMinute' | 'remaining' | 'resetsInMs'>;

/** `RateLimit` and `RateLimit-Policy`, as the IETF's draft has them: what is left, for how long, of how much. */
export function budgetHeaders({ callsPerMinute, remaining, resetsInMs }: Standing): [name: string, value: string][] {
  return [
    ['ratelimit-policy', `"calls";q=${callsPerMinute};w=60`],
    ['ratelimit', `"calls";r=${remaining};t=${Math.ceil(resetsInMs / 1_000)}`],
  ];
}

/** When to come again, where something was tried too often. */
export function spentHeaders(errors: readonly TRPCError[]): Headers {
  const headers = new Headers();
  for (const error of errors) {
    const { retryAt, callsPerMinute } = factsOf(error).detail;
    if (typeof retryAt !== 'string') continue;
    headers.set('retry-after', retryAfter(retryAt));
    if (typeof callsPerMinute !== 'number') continue;
    const resetsInMs = Date.parse(retryAt) - Date.now();
    for (const [name, value] of budgetHeaders({ callsPerMinute, remaining: 0, resetsInMs })) headers.set(name, value);
  }
  return headers;
}
