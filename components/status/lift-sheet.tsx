'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextArea } from '#components/ui/field.tsx';
import type { FreezeView } from '#server/system/contract.ts';

/** One admin proposes, another one lifts; each says why. */
export function LiftSheet({ freeze, onClose }: { readonly freeze: FreezeView; readonly onClose: () => void }) {
  const t = useTranslations('status');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const reason = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const lift = useMutation(
    trpc.system.unfreeze.mutationOptions({
      onSuccess: async ({ liftedAt }) => {
        await queries.invalidateQueries({ queryKey: trpc.system.pathKey() });
        announce(t(liftedAt ? 'lift.done' : 'lift.proposedDone'));
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = reason.current?.value.trim() ?? '';
    setMissing(text === '');
    if (text === '') return reason.current?.focus();
    if (!lift.isPending) lift.mutate({ id: freeze.id, reason: text });
  };
  const name = freeze.liftProposed ? 'second' : 'first';
  return (
    <Dialog title={t(`lift.title.${name}`)} onClose={onClose} initialFocus={reason}>
      <form onSubmit={submit} noValidate>
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">{t(`lift.lead.${name}`)}</p>
          <TextArea
            ref={reason}
            label={t('lift.reason')}
            hint={t('kept')}
            maxLength={500}
            required
            problem={isMissing ? t('reasonMissing') : null}
          />
          {lift.error && <FailureNote failure={readFailure(lift.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button type="submit" look="primary" aria-disabled={lift.isPending}>
            {t(`lift.${name}`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
