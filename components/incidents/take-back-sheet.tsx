'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useMe } from '#components/shell/me.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';
import type { IncidentDetailView } from '#server/resolution/contract.ts';
import { type IncidentSheetProps, useIncidentDecision } from './use-incident-decision.ts';

interface TakeBackSheetProps extends IncidentSheetProps {
  readonly incident: IncidentDetailView;
  readonly proposal: OpenDecisionView;
}

/** Takes an own proposal back, or turns a colleague's down; the incident stays open either way. */
export function TakeBackSheet({ incident, proposal, onClose, onOutcome }: TakeBackSheetProps) {
  const t = useTranslations('incidents');
  const tDual = useTranslations('dual');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const confirm = useRef<HTMLButtonElement>(null);
  const mine = proposal.proposedBy.id === useMe().id;
  const { decide, isSending, failure } = useIncidentDecision(onOutcome);
  const takeBack = () =>
    decide({
      send: async () => {
        await client.decisions.withdraw.mutate({ id: proposal.id });
        return 'taken_back';
      },
      arrived: () => {
        const now = queries.getQueryData(trpc.incidents.get.queryKey({ id: incident.id }));
        return now && !now.closedAt && !now.proposals.some(({ id }) => id === proposal.id) ? 'taken_back' : null;
      },
    });
  return (
    <Dialog title={tDual(mine ? 'withdraw.mine' : 'withdraw.theirs')} onClose={onClose} initialFocus={confirm}>
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">{tDual('withdraw.next')}</p>
        {failure && <FailureNote failure={failure} />}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('back')}</Button>
        <Button ref={confirm} look="primary" aria-disabled={isSending} onClick={takeBack}>
          {isSending ? t('sending') : tDual(mine ? 'takeBack' : 'turnDown')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
