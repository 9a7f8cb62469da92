'use client';

import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { type ReactNode, useState } from 'react';
import type { AppRouter } from '#server/trpc/root.ts';
import { makeQueryClient } from './query-client.ts';
import { stepUp } from './step-up.ts';
import { stepUpLink } from './step-up-link.ts';

const context = createTRPCContext<AppRouter>();
export const useTRPC = context.useTRPC;
export const useTRPCClient = context.useTRPCClient;

let browserQueryClient: QueryClient | undefined;

/** One cache per tab; on the server one per request, or operators would see each other's data. */
function queryClientHere(): QueryClient {
  if (typeof window === 'undefined') return makeQueryClient();
  browserQueryClient ??= makeQueryClient();
  return browserQueryClient;
}

export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const queryClient = queryClientHere();
  // Each call is a request of its own: a slow provider read must not hold back the others in a batch.
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({ links: [stepUpLink(stepUp.ask), httpLink({ url: '/api/trpc' })] }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
