'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';

/** `gone`: the proposal is open no longer; what became of it stands in the statement. */
export type CorrectionOutcome = 'proposed' | 'reversed' | 'taken_back' | 'gone';

/** Puts a credit right; the member's books are read again before anything is shown. */
export function useCorrection(onOutcome: (outcome: CorrectionOutcome) => void) {
  const t = useTranslations('corrections');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useSending<CorrectionOutcome>({
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
