'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';

/** `gone`: the proposal is open no longer; a colleague was quicker. */
export type DepositOutcome = 'proposed' | 'booked' | 'taken_back' | 'gone';

export interface DepositSheetProps {
  readonly walletId: string;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: DepositOutcome) => void;
}

/** The wallet's books and what is proposed about it are read again before anything is shown. */
export function useDeposit(onOutcome: (outcome: DepositOutcome) => void) {
  const t = useTranslations('walletDeposit');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useSending<DepositOutcome>({
    reread: () => {
      const changed = [trpc.ledger.pathKey(), trpc.decisions.pathKey()];
      return Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    overtaken: { codes: ['decision.not_found'], outcome: 'gone' },
    onOutcome: (outcome) => {
      announce(t(`done.${outcome}`));
      onOutcome(outcome);
    },
  });
}
