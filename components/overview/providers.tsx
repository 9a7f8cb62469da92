'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Pause, Snowflake, TriangleAlert, Zap } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useReasonText } from '#components/reasons/use-reason-text.ts';
import { useHasRole } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { Age, ZonedTime } from '#components/ui/time.tsx';
import type { SystemStatusView } from '#server/system/contract.ts';

const ResumeSheet = lazy(() => import('./resume-sheet.tsx').then((module) => ({ default: module.ResumeSheet })));

/** A provider that breaks is on the screen within fifteen seconds: workers ask it every six. */
const STATUS_EVERY_MS = 3_000;
type Provider = SystemStatusView['providers'][number];

const LOOK: Readonly<Record<Provider['condition'], { tone: Tone; icon: IconShape }>> = {
  running: { tone: 'success', icon: Check },
  failing: { tone: 'danger', icon: TriangleAlert },
  breaker: { tone: 'warning', icon: Zap },
  paused: { tone: 'warning', icon: Pause },
  frozen: { tone: 'danger', icon: Snowflake },
};

/** Whether instructions go out, and how old the last reading is. */
export function Providers({ title }: { readonly title: string }) {
  const trpc = useTRPC();
  const status = useQuery(trpc.system.status.queryOptions({}, { refetchInterval: STATUS_EVERY_MS }));
  return (
    <Section title={title} aside={<Freshness query={status} />}>
      {status.isPending && <Loading rows={2} />}
      {status.isError && !status.data && <ErrorState error={status.error} onRetry={status.refetch} />}
      {status.data && (
        <ul className="grid gap-3 sm:grid-cols-2">
          {status.data.providers.map((provider) => (
            <ProviderCard key={provider.provider} provider={provider} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function ProviderCard({ provider }: { readonly provider: Provider }) {
  const t = useTranslations('overview');
  const reasonText = useReasonText();
  const [resumes, setResumes] = useState(false);
  const mayResume = useHasRole('finance', 'admin');
  const offline = useOffline();
  const { pausedAt, reason, lastReadAt } = provider;
  return (
    <li className="flex flex-col items-start gap-2 rounded-card border border-rule bg-surface p-4">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{t(`providers.name.${provider.provider}`)}</span>
        <Badge {...LOOK[provider.condition]}>{t(`providers.condition.${provider.condition}`)}</Badge>
      </span>
      <span className="text-ink-2 text-sm">{t(`providers.role.${provider.provider}`)}</span>
      <span className="text-ink-3 text-sm">
        {lastReadAt ? t('providers.lastRead') : t('providers.neverRead')} {lastReadAt && <Age at={lastReadAt} />}
      </span>
      {provider.lastFailure && <LastFailure failure={provider.lastFailure} />}
      {provider.breaker.state !== 'closed' && <p className="text-warning">{t('providers.breakerOpen')}</p>}
      {provider.clockOffsetMs !== null && Math.abs(provider.clockOffsetMs) > CLOCK_NOTED_MS && (
        <p className="text-warning text-sm">{t('providers.clock', { ms: String(provider.clockOffsetMs) })}</p>
      )}
      {pausedAt && (
        <>
          <p>
            {t('providers.pausedSince')} <ZonedTime at={pausedAt} />
          </p>
          {reason && <p className="[overflow-wrap:anywhere]">{reasonText(reason)}</p>}
          <Button blockedBy={mayResume ? offline : t('providers.notYours')} onClick={() => setResumes(true)}>
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

/** A provider's times are known to the second; a minute is too much to tell payouts apart by them. */
const CLOCK_NOTED_MS = 5_000;

function LastFailure({ failure }: { readonly failure: NonNullable<Provider['lastFailure']> }) {
  const t = useTranslations('overview');
  const reasonText = useReasonText();
  return (
    <span className={failure.stands ? 'text-danger text-sm' : 'text-ink-2 text-sm'}>
      {t(failure.stands ? 'providers.failing' : 'providers.lastFailure')} <Age at={failure.at} /> (
      {reasonText(failure.reason)})
    </span>
  );
}
