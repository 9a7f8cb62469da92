'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { type Failure, readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import type { Note } from '../panel/decision-note.tsx';

export interface SheetProps {
  /** What the server says now; it may differ from what the sheet was opened with. */
  readonly current: WithdrawalView;
  readonly onClose: () => void;
  readonly onOutcome: (note: Note) => void;
  readonly finalFocus: () => HTMLElement | null;
}

interface Decision {
  readonly send: () => Promise<unknown>;
  readonly note: Exclude<Note, 'already_decided'>;
  /** Whether the server, read again after a lost answer, shows that this decision did arrive. */
  readonly arrived: (now: WithdrawalView) => boolean;
}

/** Sends one decision at a time and never shows it as taken before the server said so. */
export function useDecision(id: string, onOutcome: (note: Note) => void) {
  const t = useTranslations('withdrawals');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const sending = useRef(false);

  const finish = (note: Note) => {
    announce(t(note === 'already_decided' ? 'decision.alreadyDecided' : `decision.done.${note}`));
    onOutcome(note);
  };
  const reread = async () => {
    await queries.invalidateQueries({ queryKey: trpc.withdrawals.pathKey() });
    return queries.getQueryData(trpc.withdrawals.get.queryKey({ id }));
  };

  const decision = useMutation<void, Failure, Decision>({
    mutationFn: async ({ send, note, arrived }) => {
      try {
        await send();
        await reread();
        finish(note);
      } catch (error) {
        const failure = readFailure(error);
        const now = await reread();
        if (failure.code === 'withdrawal.already_decided') finish('already_decided');
        else if (failure.code === 'network' && now && arrived(now)) finish(note);
        else throw failure;
      }
    },
    onSettled: () => {
      sending.current = false;
    },
  });

  return {
    isSending: decision.isPending,
    failure: decision.error,
    /** The second click of a double click finds the first still under way. */
    decide: (wanted: Decision) => {
      if (sending.current) return;
      sending.current = true;
      decision.mutate(wanted);
    },
    forget: decision.reset,
  };
}
