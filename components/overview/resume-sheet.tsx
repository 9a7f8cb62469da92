'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { useSending } from '#components/trpc/use-sending.ts';
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
  const client = useTRPCClient();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { decide, ...state } = useSending<'resumed'>({
    reread: () => queries.invalidateQueries({ queryKey: trpc.system.pathKey() }),
    overtaken: { codes: [], outcome: 'resumed' },
    onOutcome: () => {
      announce(t('resume.done'));
      onClose();
    },
  });
  const submit = (reason: string) => {
    if (reason === '') return;
    decide({
      send: async () => {
        await client.system.resumeProvider.mutate({ provider, reason });
        return 'resumed';
      },
      arrived: () => {
        const status = queries.getQueryData(trpc.system.status.queryKey({}));
        const now = status?.providers.find((each) => each.provider === provider);
        return now?.pausedAt === null ? 'resumed' : null;
      },
    });
  };
  return (
    <ReasonSheet
      {...state}
      title={t('resume.title', { provider: t(`providers.name.${provider}`) })}
      words={{
        label: t('resume.reason'),
        hint: t('resume.reasonHint'),
        missing: t('resume.missing'),
        confirm: t('resume.confirm'),
      }}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-ink-2">{t('resume.lead')}</p>
    </ReasonSheet>
  );
}
