'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogActions } from '#components/ui/dialog.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { Form } from '#components/ui/form.tsx';
import type { DifferenceView } from '#server/reconciliation/contract.ts';
import { DifferenceFacts } from './difference-facts.tsx';

interface ExplainSheetProps {
  readonly difference: DifferenceView;
  readonly onClose: () => void;
}

/** One person's word, kept with who said it. It books nothing. */
export function ExplainSheet({ difference, onClose }: ExplainSheetProps) {
  const t = useTranslations('reconciliation');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const offline = useOffline();
  const note = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const explain = useMutation(
    trpc.reconciliation.explain.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.reconciliation.pathKey() });
        announce(t('explain.done'));
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const why = note.current?.value.trim() ?? '';
    setMissing(why === '');
    if (why !== '' && !explain.isPending) explain.mutate({ id: difference.id, note: why });
  };
  return (
    <Dialog title={t('explain.title')} onClose={onClose}>
      <Form onSubmit={submit}>
        <div className="flex flex-col gap-4">
          <DifferenceFacts difference={difference} />
          <p className="text-ink-2">{t('explain.what')}</p>
          <TextArea
            ref={note}
            label={t('explain.note')}
            hint={t('explain.noteHint')}
            charsMax={500}
            required
            problem={isMissing ? t('explain.noteMissing') : null}
          />
          {explain.error && <FailureNote failure={readFailure(explain.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('explain.back')}</Button>
          <Button type="submit" look="primary" blockedBy={offline} aria-disabled={explain.isPending}>
            {t(explain.isPending ? 'explain.sending' : 'explain.confirm')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
