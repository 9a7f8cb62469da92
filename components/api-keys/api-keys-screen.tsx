'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading, NoPermission } from '#components/ui/states.tsx';
import type { ApiKeyView } from '#server/operators/contract.ts';
import { ApiKeyTable } from './api-key-table.tsx';

const CreateKeySheet = lazy(() =>
  import('./create-key-sheet.tsx').then((module) => ({ default: module.CreateKeySheet })),
);
const RevokeKeySheet = lazy(() =>
  import('./revoke-key-sheet.tsx').then((module) => ({ default: module.RevokeKeySheet })),
);

export function ApiKeysScreen() {
  const t = useTranslations('apiKeys');
  const trpc = useTRPC();
  const isAdmin = useHasRole('admin');
  const [creates, setCreates] = useState(false);
  const [revokes, setRevokes] = useState<ApiKeyView | null>(null);
  const list = useQuery(trpc.apiKeys.list.queryOptions({}, { enabled: isAdmin }));
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={t('title')} lead={t('lead')}>
        {isAdmin && <Button onClick={() => setCreates(true)}>{t('create.open')}</Button>}
      </PageHeader>
      {!isAdmin && <NoPermission />}
      {isAdmin && list.isPending && <Loading />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.data?.rows.length === 0 && <Empty title={t('empty')} />}
      {list.data && list.data.rows.length > 0 && <ApiKeyTable rows={list.data.rows} onRevoke={setRevokes} />}
      {creates && (
        <Suspense>
          <CreateKeySheet onClose={() => setCreates(false)} />
        </Suspense>
      )}
      {revokes && (
        <Suspense>
          <RevokeKeySheet apiKey={revokes} onClose={() => setRevokes(null)} />
        </Suspense>
      )}
    </div>
  );
}
