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
import type { ProviderName } from '#server/kernel/provider-outcome.ts';

interface ResumeSheetProps {
  readonly provider: ProviderName;
  readonly onClose: () => void;
}

export function ResumeSheet({ provider, onClose }: ResumeSheetProps) {
  const t = useTranslations('overview');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const reason = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const resume = useMutation(
    trpc.system.resumeProvider.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.system.pathKey() });
        announce(t('resume.done'));
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = reason.current?.value.trim() ?? '';
    setMissing(text === '');
    if (text === '') return reason.current?.focus();
    if (!resume.isPending) resume.mutate({ provider, reason: text });
  };
  return (
    <Dialog
      title={t('resume.title', { provider: t(`providers.name.${provider}`) })}
      onClose={onClose}
      initialFocus={reason}
    >
      <form onSubmit={submit} noValidate>
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">{t('resume.lead')}</p>
          <TextArea
            ref={reason}
            label={t('resume.reason')}
            hint={t('resume.reasonHint')}
            maxLength={500}
            required
            problem={isMissing ? t('resume.missing') : null}
          />
          {resume.error && <FailureNote failure={readFailure(resume.error)} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{t('resume.back')}</Button>
          <Button type="submit" look="primary" aria-disabled={resume.isPending}>
            {t('resume.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
