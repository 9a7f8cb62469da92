'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import type { FailureCode } from '#components/trpc/failure.ts';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { doneText } from '../panel/done-text.ts';
import type { DoneNote, Note } from '../panel/note.ts';

export interface SheetProps {
  /** What the server says now; it may differ from what the sheet was opened with. */
  readonly current: WithdrawalView;
  readonly onClose: () => void;
  readonly onOutcome: (note: Note) => void;
  readonly finalFocus: () => HTMLElement | null;
}

export interface Decision {
  /** Resolves with what has become of it. */
  readonly send: () => Promise<DoneNote>;
  /** What the server, read again after a lost answer, says of it; null when it shows nothing of it. */
  readonly arrived: (now: WithdrawalView) => DoneNote | null | Promise<DoneNote | null>;
}

const OVERTAKEN: readonly FailureCode[] = [
  'withdrawal.already_decided',
  'withdrawal.not_unknown',
  'withdrawal.not_on_hold',
  'withdrawal.already_reported',
];

/** Decides about one withdrawal; see `useSending`. */
export function useDecision(id: string, onOutcome: (note: Note) => void) {
  const t = useTranslations('withdrawals');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { decide, ...state } = useSending<Note>({
    reread: () => {
      const changed = [trpc.withdrawals.pathKey(), trpc.exceptions.pathKey(), trpc.decisions.pathKey()];
      return Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    overtaken: { codes: OVERTAKEN, outcome: 'already_decided' },
    onOutcome: (note) => {
      const now = queries.getQueryData(trpc.withdrawals.get.queryKey({ id }));
      const done =
        note === 'already_decided' || !now ? null : doneText(t, note, { withdrawal: now, nowMs: Date.now() });
      announce(done ?? t(note === 'already_decided' ? 'decision.alreadyDecided' : `decision.done.${note}`));
      onOutcome(note);
    },
  });
  return {
    ...state,
    decide: ({ send, arrived }: Decision) => {
      decide({
        send,
        arrived: () => {
          const now = queries.getQueryData(trpc.withdrawals.get.queryKey({ id }));
          return now ? arrived(now) : null;
        },
      });
    },
  };
}
