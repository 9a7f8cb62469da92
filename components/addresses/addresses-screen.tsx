'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole, useNewcomer } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Notice } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { ChoiceChip } from '#components/ui/chips.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { Empty } from '#components/ui/states.tsx';
import { useSearch } from '#components/url/use-search.ts';
import { AddressTable } from './address-table.tsx';
import { ListRules } from './list-rules.tsx';
import { Proposals } from './proposals.tsx';
import { ADDRESS_VIEWS, addressesInput, addressSearch } from './search.ts';
import type { AddressOutcome, AddressSheet } from './sheet.ts';

const Sheets = lazy(() => import('./sheets.tsx').then((module) => ({ default: module.Sheets })));

/** Colleagues propose and remove while somebody looks. */
const EVERY_MS = 5_000;

export function AddressesScreen() {
  const t = useTranslations('addresses');
  const trpc = useTRPC();
  const mayDecide = useHasRole('finance', 'admin');
  const newcomer = useNewcomer();
  const offline = useOffline();
  const [search, setSearch] = useSearch(addressSearch);
  const [sheet, setSheet] = useState<AddressSheet | null>(null);
  const [outcome, setOutcome] = useState<AddressOutcome | null>(null);
  const again = { refetchInterval: EVERY_MS };
  const rules = useQuery(trpc.allowList.rules.queryOptions({}, again));
  const list = useQuery(
    trpc.allowList.list.queryOptions(addressesInput(search), { ...again, placeholderData: keepPreviousData }),
  );
  const open = (next: AddressSheet) => {
    setOutcome(null);
    setSheet(next);
  };
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t('title')} lead={t('lead')}>
        <Button
          look="primary"
          blockedBy={mayDecide ? (newcomer ?? offline) : t('financeOnly')}
          onClick={() => open({ name: 'add' })}
        >
          {t('add.open')}
        </Button>
      </PageHeader>
      {rules.data && <ListRules rules={rules.data} />}
      {outcome && (
        <Notice tone={outcome === 'proposed' ? 'info' : 'success'} icon={Info}>
          {t(`done.${outcome}`)}
        </Notice>
      )}
      {rules.data && <Proposals proposals={rules.data.proposals} onOpen={open} />}
      <div className="flex flex-col gap-4">
        <fieldset className="print-hidden m-0 flex flex-wrap gap-2 border-0 p-0">
          <legend className="sr-only">{t('views.legend')}</legend>
          {ADDRESS_VIEWS.map((view) => (
            <ChoiceChip key={view} chosen={view === search.view} onChoose={() => setSearch({ view, after: null })}>
              {t(`views.${view}`)}
            </ChoiceChip>
          ))}
        </fieldset>
        <PagedList
          query={list}
          after={search.after}
          onPage={(after) => setSearch({ after })}
          empty={<Empty title={t(`empty.${search.view}`)} />}
        >
          {(rows) => (
            <AddressTable
              rows={rows}
              outdated={list.isPlaceholderData}
              onRemove={mayDecide ? (entry) => open({ name: 'remove', entry }) : null}
            />
          )}
        </PagedList>
      </div>
      <Suspense>
        {sheet && (
          <Sheets
            sheet={sheet}
            onClose={() => setSheet(null)}
            onOutcome={(done) => {
              setOutcome(done);
              setSheet(null);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
