import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { readFailure } from './failure.ts';
import { sessionEnded } from './session-ended.ts';

const STALE_AFTER_MS = 5_000;
const READ_RETRIES_MAX = 2;

export function makeQueryClient(): QueryClient {
  const inBrowser = typeof window !== 'undefined';
  const onError = (error: unknown) => {
    if (inBrowser && readFailure(error).code === 'auth.required') sessionEnded.report();
  };
  const onLost = (error: unknown) => {
    // Nobody knows what a lost instruction has changed, so that all that is shown is read again. `useSending`, which
    // throws a failure already read, has done so.
    if (inBrowser && error instanceof Error && readFailure(error).code === 'network') void client.invalidateQueries();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({
      onError: (error) => {
        onError(error);
        onLost(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER_MS,
        // A refusal stays a refusal; only a lost connection is worth another read.
        retry: (failures, error) => inBrowser && readFailure(error).code === 'network' && failures < READ_RETRIES_MAX,
      },
      // An instruction is never repeated by itself: nobody knows whether the first one arrived.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return client;
}
