'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { isMemberId } from '#components/ui/identifiers.ts';
import { type BalanceSearch, statementInput } from './search.ts';

/** A page of a member's movements; while the next one is on its way, the one before stays. */
export function useStatement(memberId: string | null, search: BalanceSearch) {
  const input = statementInput(memberId ?? '', search);
  return useQuery(
    useTRPC().ledger.statement.queryOptions(input, {
      placeholderData: keepPreviousData,
      enabled: isMemberId(memberId),
    }),
  );
}
