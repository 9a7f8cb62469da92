'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

const EVERY_MS = 5_000;

/** All that is known of a withdrawal's attempts, read again while somebody looks at it. */
export function useEvidence(id: string, enabled = true) {
  const trpc = useTRPC();
  return useQuery(trpc.withdrawals.evidence.queryOptions({ id }, { refetchInterval: EVERY_MS, enabled }));
}
