'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { PagedList } from '#components/ui/paged-list.tsx';
import { Empty } from '#components/ui/states.tsx';
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
  return (
    <PagedList
      query={list}
      after={search.after}
      onPage={onPage}
      empty={<Empty title={t(`empty.${search.kind ?? 'all'}`)} />}
    >
      {(rows) => <ExceptionList rows={rows} search={search} outdated={list.isPlaceholderData} onOpen={onOpen} />}
    </PagedList>
  );
}
