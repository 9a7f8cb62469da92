'use client';

import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { Button } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useSearch } from '#components/url/use-search.ts';
import { FilterBar, type SearchChange } from './filter-bar.tsx';
import { ListAndPanel, useOpenRow } from './list-and-panel.tsx';
import { FIRST_PAGE, withdrawalSearch } from './search.ts';
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
  const newcomer = useNewcomer();
  const offline = useOffline();
  const searchRef = useRef<HTMLInputElement>(null);
  const { open, close, takesFocus } = useOpenRow({
    id: search.id,
    onChange: setSearch,
    onSearch: () => searchRef.current?.focus(),
  });
  const change = (next: SearchChange) => setSearch({ ...FIRST_PAGE, ...next });

  return (
    <>
      <ListAndPanel
        title={t('title')}
        width="normal"
        panel={search.id && <WithdrawalPanel key={search.id} id={search.id} onClose={close} takesFocus={takesFocus} />}
      >
        <PageHeader title={t('title')}>
          {mayRequest && (
            <Button blockedBy={newcomer ?? offline} onClick={() => setRequests(true)}>
              {t('request.open')}
            </Button>
          )}
        </PageHeader>
        <ViewChips view={search.view} onChoose={(view) => change({ view })} />
        <FilterBar search={search} onChange={change} searchRef={searchRef} />
        <WithdrawalRows search={search} onChange={(next) => setSearch(next)} onOpen={open} />
      </ListAndPanel>
      {requests && (
        <Suspense>
          <RequestSheet onClose={() => setRequests(false)} onRequested={open} />
        </Suspense>
      )}
    </>
  );
}
