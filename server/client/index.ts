import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '#server/trpc/root.ts';

export interface ClientOptions {
  /** Where the console is, such as `https://console.example`. */
  readonly url: string;
  /** From `apiKeys.create`; its scopes decide what may be called. */
  readonly apiKey: string;
  readonly fetch?: typeof fetch;
}

export type CountersignClient = TRPCClient<AppRouter>;

/**
 * The typed client for platform backends: `client.withdrawals.request.mutate({ … })`. Amounts are text, times ISO 8601.
 * It never retries by itself; a call with an idempotency key may be repeated safely by the caller.
 * A refusal is a `TRPCClientError` whose `data.domainCode` is one of the closed list.
 */
export function createClient({ url, apiKey, fetch }: ClientOptions): CountersignClient {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: new URL('/api/trpc', url).href,
        headers: { authorization: `Bearer ${apiKey}` },
        ...(fetch ? { fetch } : {}),
      }),
    ],
  });
}
