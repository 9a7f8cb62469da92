'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { type FailureCode, readFailure } from '#components/trpc/failure.ts';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { Proposed } from './proposed.ts';
import type { AddressOutcome } from './sheet.ts';

/** What is wrong with the address itself; whatever else goes wrong is the server's to say. */
const NO_ADDRESS: readonly FailureCode[] = ['address.invalid', 'asset.unknown', 'input.invalid'];

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
    /** Looked at before a code is spent on it. */
    isAddress: async ({ asset, address }: Pick<Proposed, 'asset' | 'address'>): Promise<boolean> => {
      const check = trpc.allowList.check.queryOptions({ asset, address: address.trim() }, { retry: false });
      const refused = await queries.fetchQuery(check).then(() => null, readFailure);
      return refused === null || !NO_ADDRESS.includes(refused.code);
    },
    isListed: async ({ asset, address }: Pick<Proposed, 'asset' | 'address'>): Promise<boolean> => {
      const { listedFor } = await client.allowList.check.query({ asset, address });
      return listedFor.includes(asset);
    },
  };
}
