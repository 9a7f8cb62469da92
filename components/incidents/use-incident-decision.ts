'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';

/**
 * `overtaken`: a colleague was quicker; the panel shows what they decided. `gone`: the answer was lost, and the proposal
 * is open no longer.
 */
export type IncidentOutcome = 'proposed' | 'settled' | 'adjusted' | 'taken_back' | 'overtaken' | 'gone';

export interface IncidentSheetProps {
  readonly onClose: () => void;
  readonly onOutcome: (outcome: IncidentOutcome) => void;
}

/** Says something about an incident; what it moves is read again before anything is shown. */
export function useIncidentDecision(onOutcome: (outcome: IncidentOutcome) => void) {
  const t = useTranslations('incidents');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useSending<IncidentOutcome>({
    reread: () => {
      const changed = [
        trpc.incidents.pathKey(),
        trpc.exceptions.pathKey(),
        trpc.withdrawals.pathKey(),
        trpc.ledger.pathKey(),
      ];
      return Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    overtaken: { codes: ['incident.closed', 'decision.not_found'], outcome: 'overtaken' },
    onOutcome: (outcome) => {
      announce(t(`done.${outcome}`));
      onOutcome(outcome);
    },
  });
}
