'use client';

import { useQuery } from '@tanstack/react-query';
import { Snowflake } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Providers } from '#components/overview/providers.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { PageHeader, Section } from '#components/ui/page-header.tsx';
import { ErrorState, Loading } from '#components/ui/states.tsx';
import { Freezes } from './freeze-list.tsx';
import { OpenBreakers } from './open-breakers.tsx';
import { Facts, QueueTable, WorkerTable } from './system-tables.tsx';

const FreezeSheet = lazy(() => import('./freeze-sheet.tsx').then((module) => ({ default: module.FreezeSheet })));

const STATUS_EVERY_MS = 3_000;

export function StatusScreen() {
  const t = useTranslations('status');
  const [freezes, setFreezes] = useState(false);
  const mayFreeze = useHasRole('finance', 'admin');
  const offline = useOffline();
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t('title')} lead={t('lead')}>
        <Button look="danger" blockedBy={mayFreeze ? offline : t('freeze.notYours')} onClick={() => setFreezes(true)}>
          <Snowflake aria-hidden size={16} />
          {t('freeze.open')}
        </Button>
      </PageHeader>
      <Freezes />
      <Providers title={t('providers')} />
      <Inside />
      {freezes && (
        <Suspense>
          <FreezeSheet onClose={() => setFreezes(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Inside() {
  const t = useTranslations('status');
  const trpc = useTRPC();
  const status = useQuery(trpc.system.status.queryOptions({}, { refetchInterval: STATUS_EVERY_MS }));
  if (status.isPending) return <Loading />;
  if (!status.data) return <ErrorState error={status.error} onRetry={status.refetch} />;
  const freshness = <Freshness query={status} />;
  return (
    <>
      <Section title={t('breakers.title')} aside={freshness}>
        <OpenBreakers breakers={status.data.openBreakers} />
      </Section>
      <Section title={t('workers.title')} aside={freshness}>
        <WorkerTable workers={status.data.workers} />
      </Section>
      <Section title={t('queues.title')} aside={freshness}>
        <QueueTable queues={status.data.queues} />
      </Section>
      <Section title={t('facts.title')}>
        <Facts status={status.data} />
      </Section>
    </>
  );
}
