'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading, NoPermission } from '#components/ui/states.tsx';
import { WebhookTable } from './webhook-table.tsx';

const CreateWebhookSheet = lazy(() =>
  import('./create-webhook-sheet.tsx').then((module) => ({ default: module.CreateWebhookSheet })),
);
const WebhookDialog = lazy(() => import('./webhook-dialog.tsx').then((module) => ({ default: module.WebhookDialog })));

export function WebhooksScreen() {
  const t = useTranslations('webhooks');
  const trpc = useTRPC();
  const isAdmin = useHasRole('admin');
  const [creates, setCreates] = useState(false);
  const [managedId, setManagedId] = useState<string | null>(null);
  const list = useQuery(trpc.webhooks.list.queryOptions({}, { enabled: isAdmin }));
  const managed = list.data?.rows.find(({ id }) => id === managedId);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={t('title')} lead={t('lead')}>
        {isAdmin && <Button onClick={() => setCreates(true)}>{t('create.open')}</Button>}
      </PageHeader>
      {!isAdmin && <NoPermission />}
      {isAdmin && list.isPending && <Loading />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.data?.rows.length === 0 && <Empty title={t('empty')} />}
      {list.data && list.data.rows.length > 0 && <WebhookTable rows={list.data.rows} onManage={setManagedId} />}
      <Suspense>
        {creates && <CreateWebhookSheet onClose={() => setCreates(false)} />}
        {managed && <WebhookDialog webhook={managed} onClose={() => setManagedId(null)} />}
      </Suspense>
    </div>
  );
}
