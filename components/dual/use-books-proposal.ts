'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';

interface BooksProposal<Outcome> {
  readonly says: (outcome: Outcome) => string;
  readonly onOutcome: (outcome: Outcome) => void;
}

/**
 * What two people book, one after the other: the books and what is proposed about them are read again before anything is
 * shown. `gone`: the proposal is open no longer; a colleague was quicker.
 */
export function useBooksProposal<Outcome extends string>({ says, onOutcome }: BooksProposal<Outcome | 'gone'>) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return useSending<Outcome | 'gone'>({
    reread: () => {
      const changed = [trpc.ledger.pathKey(), trpc.decisions.pathKey()];
      return Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    overtaken: { codes: ['decision.not_found'], outcome: 'gone' },
    onOutcome: (outcome) => {
      announce(says(outcome));
      onOutcome(outcome);
    },
  });
}
