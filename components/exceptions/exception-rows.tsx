'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { ExceptionList } from './exception-list.tsx';
import { type ExceptionSearch, listInput } from './search.ts';

const LIST_EVERY_MS = 10_000;

interface ExceptionRowsProps {
  readonly search: ExceptionSearch;
  readonly onPage: (after: string[]) => void;
  readonly onOpen: (key: string) => void;
}

export function ExceptionRows({ search, onPage, onOpen }: ExceptionRowsProps) {
  const t = useTranslations('exceptions');
  const trpc = useTRPC();
  const list = useQuery(
    trpc.exceptions.list.queryOptions(listInput(search), {
      refetchInterval: LIST_EVERY_MS,
      placeholderData: keepPreviousData,
    }),
  );
  if (list.isPending) return <Loading rows={8} />;
  if (!list.data) return <ErrorState error={list.error} onRetry={list.refetch} />;

  const { rows, nextCursor, total } = list.data;
  const { after } = search;
  return (
    <>
      <div className="-mb-2 flex justify-end">
        <Freshness query={list} />
      </div>
      {rows.length > 0 ? (
        <ExceptionList rows={rows} search={search} outdated={list.isPlaceholderData} onOpen={onOpen} />
      ) : (
        <Empty title={t(`empty.${search.kind ?? 'all'}`)} />
      )}
      <Pagination
        shown={rows.length}
        total={total}
        onPrevious={after.length > 0 ? () => onPage(after.slice(0, -1)) : null}
        onNext={nextCursor ? () => onPage([...after, nextCursor]) : null}
      />
    </>
  );
}
