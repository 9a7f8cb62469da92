'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { useSearch } from '#components/url/use-search.ts';
import { walletListInput, walletSearch } from './search.ts';
import { WalletFilter } from './wallet-filter.tsx';
import { WalletTable } from './wallet-table.tsx';

const CreateSheet = lazy(() => import('./create-sheet.tsx').then((module) => ({ default: module.CreateSheet })));

export function WalletsScreen() {
  const t = useTranslations('wallets');
  const [creates, setCreates] = useState(false);
  const mayCreate = useHasRole('finance', 'admin');
  const offline = useOffline();
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={t('title')} lead={t('lead')}>
        {mayCreate && (
          <Button blockedBy={offline} onClick={() => setCreates(true)}>
            {t('create.open')}
          </Button>
        )}
      </PageHeader>
      <WalletRows />
      {creates && (
        <Suspense>
          <CreateSheet onClose={() => setCreates(false)} />
        </Suspense>
      )}
    </div>
  );
}

function WalletRows() {
  const t = useTranslations('wallets');
  const trpc = useTRPC();
  const [search, setSearch] = useSearch(walletSearch);
  const list = useQuery(trpc.wallets.list.queryOptions(walletListInput(search), { placeholderData: keepPreviousData }));
  const toPage = (after: string[]) => () => setSearch({ after });
  const filter = (
    <WalletFilter key={search.q} search={search} onChange={(next) => setSearch({ after: null, ...next })} />
  );
  if (list.isPending) return [filter, <Loading key="rows" rows={8} />];
  if (!list.data) return [filter, <ErrorState key="rows" error={list.error} onRetry={list.refetch} />];
  const { rows, nextCursor, total } = list.data;
  return (
    <>
      {filter}
      <div className="-mb-2 flex justify-end">
        <Freshness query={list} />
      </div>
      {rows.length > 0 ? (
        <WalletTable rows={rows} outdated={list.isPlaceholderData} />
      ) : (
        <Empty title={search.q || search.status ? t('empty.filtered') : t('empty.all')} />
      )}
      <Pagination
        shown={rows.length}
        total={total}
        onPrevious={search.after.length > 0 ? toPage(search.after.slice(0, -1)) : null}
        onNext={nextCursor ? toPage([...search.after, nextCursor]) : null}
      />
    </>
  );
}
