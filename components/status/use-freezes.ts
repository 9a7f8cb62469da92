'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

const ASK_EVERY_MS = 5_000;

/** What is frozen now. */
export function useFreezes() {
  const trpc = useTRPC();
  return useQuery(trpc.system.freezes.queryOptions({}, { refetchInterval: ASK_EVERY_MS }));
}
