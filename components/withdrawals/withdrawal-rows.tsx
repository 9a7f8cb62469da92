'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { usePreferences } from '#components/preferences/preferences-provider.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
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
  if (list.isPending) return <Loading rows={8} />;
  if (!list.data) return <ErrorState error={list.error} onRetry={list.refetch} />;

  const { rows, nextCursor, total } = list.data;
  const { after } = search;
  const toPage = (cursors: string[]) => () => onChange({ after: cursors });
  return (
    <>
      <div className="-mb-2 flex justify-end">
        <Freshness query={list} />
      </div>
      {rows.length > 0 ? (
        <WithdrawalList
          rows={rows}
          search={search}
          outdated={list.isPlaceholderData}
          onChange={onChange}
          onOpen={onOpen}
        />
      ) : (
        <NothingHere search={search} onChange={onChange} />
      )}
      <Pagination
        shown={rows.length}
        total={total}
        onPrevious={after.length > 0 ? toPage(after.slice(0, -1)) : null}
        onNext={nextCursor ? toPage([...after, nextCursor]) : null}
      />
    </>
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
