import 'server-only';
import { dehydrate, type FetchQueryOptions, HydrationBoundary, type QueryKey } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { headers } from 'next/headers';
import { cache, type ReactNode } from 'react';
import { makeQueryClient } from '#components/trpc/query-client.ts';
import { appRouter, createServerContext } from '#server/trpc/server-caller.ts';

const getQueryClient = cache(makeQueryClient);
const getContext = cache(async () => createServerContext(await headers()));

/** Whether this is the demonstration, for pages that nobody has signed in for. */
export const isDemo = async (): Promise<boolean> => (await getContext()).container.config.demo;

/** The procedures as query options, called in this process: the same keys as in the browser. */
export const trpc = createTRPCOptionsProxy({ ctx: getContext, router: appRouter, queryClient: getQueryClient });

/** Reads now; throws what the procedure throws. */
export function read<Data, Failure, Result, Key extends QueryKey>(
  options: FetchQueryOptions<Data, Failure, Result, Key>,
): Promise<Result> {
  return getQueryClient().fetchQuery(options);
}

/** Reads before the page is sent. What fails is left out: the browser asks again and shows the refusal in its place. */
export async function prefetch(
  ...queries: readonly { readonly queryKey: QueryKey; readonly queryFn?: unknown }[]
): Promise<void> {
  await Promise.all(queries.map((query) => getQueryClient().prefetchQuery(query as FetchQueryOptions)));
}

export function Hydrate({ children }: { readonly children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
