'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { Empty } from '#components/ui/states.tsx';
import { foundIn, useAnnounceFound } from '#components/ui/use-announce-found.ts';
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
  const trpc = useTRPC();
  const [search, setSearch] = useSearch(walletSearch);
  const list = useQuery(trpc.wallets.list.queryOptions(walletListInput(search), { placeholderData: keepPreviousData }));
  useAnnounceFound(`${search.q} ${search.status}`, foundIn(list));
  return (
    <>
      <WalletFilter search={search} onChange={(next) => setSearch({ after: null, ...next })} />
      <PagedList
        query={list}
        after={search.after}
        onPage={(after) => setSearch({ after })}
        empty={<NothingHere isFiltered={search.q !== null || search.status !== null} />}
      >
        {(rows) => <WalletTable rows={rows} outdated={list.isPlaceholderData} />}
      </PagedList>
    </>
  );
}

function NothingHere({ isFiltered }: { readonly isFiltered: boolean }) {
  const t = useTranslations('wallets');
  return <Empty title={isFiltered ? t('empty.filtered') : t('empty.all')} />;
}
