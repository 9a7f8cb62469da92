'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { ChoiceChip } from '#components/ui/chips.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { useSearch } from '#components/url/use-search.ts';
import type { DifferenceView } from '#server/reconciliation/contract.ts';
import { DIFFERENCE_STATES } from '#server/reconciliation/statuses.ts';
import { DifferenceTable } from './difference-table.tsx';
import { differencesInput, reconciliationSearch } from './search.ts';

const DifferenceSheet = lazy(() =>
  import('./difference-sheet.tsx').then((module) => ({ default: module.DifferenceSheet })),
);
const ExplainSheet = lazy(() => import('./explain-sheet.tsx').then((module) => ({ default: module.ExplainSheet })));

/** A run ends in the background, and colleagues explain what is listed here. */
const READ_AGAIN_MS = 15_000;

export function DifferenceList() {
  const t = useTranslations('reconciliation');
  const trpc = useTRPC();
  const [search, setSearch] = useSearch(reconciliationSearch);
  const [opened, setOpened] = useState<DifferenceView | null>(null);
  const [explained, setExplained] = useState<DifferenceView | null>(null);
  const options = { placeholderData: keepPreviousData, refetchInterval: READ_AGAIN_MS };
  const list = useQuery(trpc.reconciliation.differences.queryOptions(differencesInput(search), options));
  const { state, after } = search;
  const next = list.data?.nextCursor;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <fieldset className="print-hidden m-0 flex flex-wrap gap-2 border-0 p-0">
          <legend className="sr-only">{t('differences.state.legend')}</legend>
          {DIFFERENCE_STATES.map((each) => (
            <ChoiceChip key={each} chosen={each === state} onChoose={() => setSearch({ state: each, after: null })}>
              {t(`differences.state.${each}`)}
            </ChoiceChip>
          ))}
        </fieldset>
        <Freshness query={list} />
      </div>
      {list.isPending && <Loading />}
      {list.isError && !list.data && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.data?.rows.length === 0 && (
        <Empty title={t(state === 'open' ? 'differences.empty' : 'differences.emptyOther')} />
      )}
      {list.data && list.data.rows.length > 0 && (
        <>
          <DifferenceTable
            rows={list.data.rows}
            outdated={list.isPlaceholderData}
            onOpen={setOpened}
            onExplain={setExplained}
          />
          <Pagination
            shown={list.data.rows.length}
            total={list.data.total}
            onPrevious={after.length > 0 ? () => setSearch({ after: after.slice(0, -1) }) : null}
            onNext={next ? () => setSearch({ after: [...after, next] }) : null}
          />
        </>
      )}
      {opened && (
        <Suspense>
          <DifferenceSheet difference={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
      {explained && (
        <Suspense>
          <ExplainSheet difference={explained} onClose={() => setExplained(null)} />
        </Suspense>
      )}
    </div>
  );
}
