'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextArea } from '#components/ui/field.tsx';
import type { OpenDecisionView } from '#server/dual-control/contract.ts';

export type ResumeOutcome = 'proposed' | 'resumed';

interface ResumeSheetProps {
  readonly walletId: string;
  /** A colleague's, which is confirmed as it stands; null for the first of two people. */
  readonly proposal: OpenDecisionView | null;
  readonly onClose: () => void;
  readonly onOutcome: (outcome: ResumeOutcome) => void;
}

export function ResumeSheet({ walletId, proposal, onClose, onOutcome }: ResumeSheetProps) {
  const t = useTranslations('walletPause');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const text = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const { decide, isSending, failure } = useSending<ResumeOutcome>({
    reread: () => {
      const changed = [trpc.wallets.get.pathKey(), trpc.decisions.pathKey()];
      return Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    overtaken: { codes: ['wallet.not_paused'], outcome: 'resumed' },
    onOutcome: (outcome) => {
      announce(t(`done.${outcome}`));
      onOutcome(outcome);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const note = text.current?.value.trim() ?? '';
    setMissing(note === '');
    if (note === '') return text.current?.focus();
    decide({
      send: async () => {
        const { state } = await client.wallets.resume.mutate({ walletId, note });
        return state === 'proposed' ? 'proposed' : 'resumed';
      },
      arrived: () => {
        const wallet = queries.getQueryData(trpc.wallets.get.queryKey({ id: walletId }));
        if (wallet?.status === 'active') return 'resumed';
        const open = queries.getQueryData(trpc.decisions.open.queryKey({ subjectId: walletId }))?.proposals;
        return open?.some((each) => each.note === note) ? 'proposed' : null;
      },
    });
  };
  return (
    <Dialog title={t(proposal ? 'second' : 'first')} onClose={onClose} initialFocus={text}>
      <form onSubmit={submit} noValidate>
        <div className="flex flex-col gap-4">
          <p>{t(proposal ? 'secondNext' : 'firstNext')}</p>
          <TextArea
            ref={text}
            label={t('note')}
            maxLength={500}
            required
            problem={isMissing ? t('noteMissing') : null}
          />
          {failure && <FailureNote failure={failure} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="submit" look="primary" aria-disabled={isSending}>
            {isSending ? t('sending') : t(proposal ? 'confirm' : 'propose')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
