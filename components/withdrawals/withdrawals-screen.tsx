'use client';

import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { Button } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useSearch } from '#components/url/use-search.ts';
import { FilterBar, type SearchChange } from './filter-bar.tsx';
import { FIRST_PAGE, withdrawalSearch } from './search.ts';
import { focusRow, useRowWalk } from './use-row-walk.ts';
import { ViewChips } from './view-chips.tsx';
import { WithdrawalRows } from './withdrawal-rows.tsx';

const WithdrawalPanel = lazy(() =>
  import('./panel/withdrawal-panel.tsx').then((module) => ({ default: module.WithdrawalPanel })),
);
const RequestSheet = lazy(() =>
  import('./sheets/request-sheet.tsx').then((module) => ({ default: module.RequestSheet })),
);

export function WithdrawalsScreen() {
  const t = useTranslations('withdrawals');
  const [search, setSearch] = useSearch(withdrawalSearch);
  const [requests, setRequests] = useState(false);
  const mayRequest = useHasRole('finance', 'admin');
  const searchRef = useRef<HTMLInputElement>(null);
  const takesFocus = useRef(false);

  const change = (next: SearchChange) => setSearch({ ...FIRST_PAGE, ...next });
  const open = (id: string) => {
    takesFocus.current = true;
    setSearch({ id });
  };
  const close = () => {
    const { id } = search;
    setSearch({ id: null });
    if (id) focusRow(id);
  };
  useRowWalk({
    openId: search.id,
    onOpen: open,
    onFollow: (id) => setSearch({ id }, { history: 'replace' }),
    onClose: close,
    onSearch: () => searchRef.current?.focus(),
  });

  return (
    <div
      className={
        search.id
          ? 'grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(400px,480px)] xl:grid-cols-[minmax(0,1fr)_520px]'
          : ''
      }
    >
      <div className={`flex min-w-0 flex-col gap-4 ${search.id ? 'max-lg:hidden' : ''}`}>
        <PageHeader title={t('title')}>
          {mayRequest && <Button onClick={() => setRequests(true)}>{t('request.open')}</Button>}
        </PageHeader>
        <ViewChips view={search.view} onChoose={(view) => change({ view })} />
        <FilterBar search={search} onChange={change} searchRef={searchRef} />
        <WithdrawalRows search={search} onChange={(next) => setSearch(next)} onOpen={open} />
      </div>
      {search.id && <h1 className="sr-only lg:hidden">{t('title')}</h1>}
      {search.id && (
        <Suspense>
          <WithdrawalPanel key={search.id} id={search.id} onClose={close} takesFocus={takesFocus} />
        </Suspense>
      )}
      {requests && (
        <Suspense>
          <RequestSheet onClose={() => setRequests(false)} onRequested={open} />
        </Suspense>
      )}
    </div>
  );
}
