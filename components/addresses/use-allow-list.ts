'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { Proposed } from './proposed.ts';
import type { AddressOutcome } from './sheet.ts';

/** Changes the list; what it says now is read again before anything is shown. */
export function useAllowList(onOutcome: (outcome: AddressOutcome) => void) {
  const t = useTranslations('addresses');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const sending = useSending<AddressOutcome>({
    reread: () => queries.invalidateQueries({ queryKey: trpc.allowList.pathKey() }),
    overtaken: { codes: ['allow_list.exists', 'allow_list.not_found', 'decision.not_found'], outcome: 'gone' },
    onOutcome: (outcome) => {
      announce(t(`done.${outcome}`));
      onOutcome(outcome);
    },
  });
  return {
    ...sending,
    client,
    proposals: (): readonly OpenDecisionView[] | undefined =>
      queries.getQueryData(trpc.allowList.rules.queryKey({}))?.proposals,
    isListed: async ({ asset, address }: Pick<Proposed, 'asset' | 'address'>): Promise<boolean> => {
      const { listedFor } = await client.allowList.check.query({ asset, address });
      return listedFor.includes(asset);
    },
  };
}
