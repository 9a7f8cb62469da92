'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Pause } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import type { SystemStatusView } from '#server/system/contract.ts';

const ResumeSheet = lazy(() => import('./resume-sheet.tsx').then((module) => ({ default: module.ResumeSheet })));

const STATUS_EVERY_MS = 15_000;
type Provider = SystemStatusView['providers'][number];

/** Whether instructions go out, and how old the last reading is. */
export function Providers() {
  const trpc = useTRPC();
  const status = useQuery(trpc.system.status.queryOptions({}, { refetchInterval: STATUS_EVERY_MS }));
  if (status.isPending) return <Loading rows={2} />;
  if (!status.data) return <ErrorState error={status.error} onRetry={status.refetch} />;
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {status.data.providers.map((provider) => (
        <ProviderCard key={provider.provider} provider={provider} />
      ))}
    </ul>
  );
}

function ProviderCard({ provider }: { readonly provider: Provider }) {
  const t = useTranslations('overview');
  const [resumes, setResumes] = useState(false);
  const mayResume = useHasRole('finance', 'admin');
  const { pausedAt, reason, lastReadAt } = provider;
  return (
    <li className="flex flex-col items-start gap-2 rounded-card border border-rule bg-surface p-4">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{t(`providers.name.${provider.provider}`)}</span>
        <Badge tone={pausedAt ? 'warning' : 'success'} icon={pausedAt ? Pause : Check}>
          {t(pausedAt ? 'providers.paused' : 'providers.running')}
        </Badge>
      </span>
      <span className="text-ink-2 text-sm">{t(`providers.role.${provider.provider}`)}</span>
      <span className="text-ink-3 text-sm">
        {lastReadAt ? t('providers.lastRead') : t('providers.neverRead')} {lastReadAt && <Age at={lastReadAt} />}
      </span>
      {pausedAt && (
        <>
          <p>
            {t('providers.pausedSince')} <ZonedTime at={pausedAt} />
          </p>
          {reason && <p className="[overflow-wrap:anywhere]">{reason}</p>}
          <Button blockedBy={mayResume ? null : t('providers.notYours')} onClick={() => setResumes(true)}>
            {t('providers.resume')}
          </Button>
        </>
      )}
      {resumes && (
        <Suspense>
          <ResumeSheet provider={provider.provider} onClose={() => setResumes(false)} />
        </Suspense>
      )}
    </li>
  );
}
