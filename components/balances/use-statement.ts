'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { isMemberId } from '#components/ui/identifiers.ts';
import { type BalanceSearch, statementInput } from './search.ts';

/** As often as the balances above it: the two must not contradict each other for long. */
const EVERY_MS = 15_000;

/** A page of a member's movements; while the next one is on its way, the one before stays. */
export function useStatement(memberId: string | null, search: BalanceSearch) {
  const input = statementInput(memberId ?? '', search);
  return useQuery(
    useTRPC().ledger.statement.queryOptions(input, {
      placeholderData: keepPreviousData,
      enabled: isMemberId(memberId),
      refetchInterval: EVERY_MS,
    }),
  );
}
