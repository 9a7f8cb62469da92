'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { Empty } from '#components/ui/states.tsx';
import { foundIn, useAnnounceFound } from '#components/ui/use-announce-found.ts';
import type { SearchChange } from './filter-bar.tsx';
import { hasFilters, listInput, NO_FILTERS, type WithdrawalSearch } from './search.ts';
import { WithdrawalList } from './withdrawal-list.tsx';

const LIST_EVERY_MS = 10_000;

interface WithdrawalRowsProps {
  readonly search: WithdrawalSearch;
  readonly onChange: (change: SearchChange) => void;
  readonly onOpen: (id: string) => void;
}

export function WithdrawalRows({ search, onChange, onOpen }: WithdrawalRowsProps) {
  const { zone } = usePreferences();
  const trpc = useTRPC();
  const list = useQuery(
    trpc.withdrawals.list.queryOptions(listInput(search, zone), {
      refetchInterval: LIST_EVERY_MS,
      placeholderData: keepPreviousData,
    }),
  );
  const { view, q, member, asset, from, to } = search;
  useAnnounceFound([view, q, member, asset, from, to].join(' '), foundIn(list));
  return (
    <PagedList
      query={list}
      after={search.after}
      onPage={(after) => onChange({ after })}
      empty={<NothingHere search={search} onChange={onChange} />}
    >
      {(rows) => (
        <WithdrawalList
          rows={rows}
          search={search}
          outdated={list.isPlaceholderData}
          onChange={onChange}
          onOpen={onOpen}
        />
      )}
    </PagedList>
  );
}

function NothingHere({ search, onChange }: Omit<WithdrawalRowsProps, 'onOpen'>) {
  const t = useTranslations('withdrawals');
  if (!hasFilters(search)) return <Empty title={t(`empty.${search.view}`)} />;
  return (
    <Empty title={t('empty.filtered')}>
      <Button onClick={() => onChange(NO_FILTERS)}>{t('filters.clear')}</Button>
    </Empty>
  );
}
