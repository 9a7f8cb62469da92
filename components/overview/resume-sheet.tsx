'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { ReasonSheet } from '#components/ui/reason-sheet.tsx';
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
  const resume = useMutation(
    trpc.system.resumeProvider.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.system.pathKey() });
        announce(t('resume.done'));
        onClose();
      },
    }),
  );
  return (
    <ReasonSheet
      title={t('resume.title', { provider: t(`providers.name.${provider}`) })}
      words={{
        label: t('resume.reason'),
        hint: t('resume.reasonHint'),
        missing: t('resume.missing'),
        confirm: t('resume.confirm'),
      }}
      isSending={resume.isPending}
      failure={resume.error && readFailure(resume.error)}
      onSubmit={(reason) => reason !== '' && resume.mutate({ provider, reason })}
      onClose={onClose}
    >
      <p className="text-ink-2">{t('resume.lead')}</p>
    </ReasonSheet>
  );
}
