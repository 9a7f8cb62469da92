'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import type { FreezeView } from '#server/system/contract.ts';

const ASK_EVERY_MS = 5_000;

/** What is frozen now; nothing while it is not known yet. */
export function useFreezes(): readonly FreezeView[] {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.system.freezes.queryOptions({}, { refetchInterval: ASK_EVERY_MS }));
  return data?.freezes ?? [];
}
