'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import type { Failure } from '#components/trpc/failure.ts';
import { usePendingWord } from '#components/trpc/use-pending-word.ts';
import type { Instruction } from '#components/trpc/use-sending.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';

interface TakeBackSheetProps {
  readonly proposal: OpenDecisionView;
  /** What stays as it is. */
  readonly next: string;
  /** Reads again what the proposal is about, and says what became of it. */
  readonly sending: {
    readonly decide: (instruction: Instruction<'taken_back'>) => void;
    readonly isSending: boolean;
    readonly failure: Failure | null;
  };
  /** Whether what has been read again no longer shows the proposal. */
  readonly isGone: () => boolean;
  readonly onClose: () => void;
}

/** Takes an own proposal back, or turns a colleague's down: only the proposal goes. */
export function TakeBackSheet({ proposal, next, sending, isGone, onClose }: TakeBackSheetProps) {
  const t = useTranslations('dual');
  const tCommon = useTranslations('common');
  const pending = usePendingWord();
  const offline = useOffline();
  const client = useTRPCClient();
  const confirm = useRef<HTMLButtonElement>(null);
  const mine = proposal.proposedBy.id === useMe().id;
  const { decide, isSending, failure } = sending;
  const takeBack = () =>
    decide({
      send: async () => {
        await client.decisions.withdraw.mutate({ id: proposal.id });
        return 'taken_back';
      },
      arrived: () => (isGone() ? 'taken_back' : null),
    });
  return (
    <Dialog title={t(mine ? 'withdraw.mine' : 'withdraw.theirs')} onClose={onClose} initialFocus={confirm}>
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">{next}</p>
        {failure && <FailureNote failure={failure} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{tCommon('back')}</Button>
        <Button ref={confirm} look="primary" blockedBy={offline} aria-disabled={isSending} onClick={takeBack}>
          {isSending ? pending : t(mine ? 'takeBack' : 'turnDown')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** For `isGone`, where the proposals about the subject have been read again. */
export function useProposalGone(subjectId: string, { id }: OpenDecisionView): () => boolean {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () => {
    const now = queries.getQueryData(trpc.decisions.open.queryKey({ subjectId }));
    return now !== undefined && !now.proposals.some((each) => each.id === id);
  };
}
