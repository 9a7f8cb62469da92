'use client';

import { lazy, Suspense, useRef } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useSearch } from '#components/url/use-search.ts';
import { focusRow, useRowWalk } from '#components/withdrawals/use-row-walk.ts';
import { ExceptionChips } from './exception-chips.tsx';
import { ExceptionRows } from './exception-rows.tsx';
import { exceptionSearch, subjectOf } from './search.ts';

const WithdrawalPanel = lazy(() =>
  import('#components/withdrawals/panel/withdrawal-panel.tsx').then((module) => ({ default: module.WithdrawalPanel })),
);
const IncidentPanel = lazy(() =>
  import('#components/incidents/incident-panel.tsx').then((module) => ({ default: module.IncidentPanel })),
);

export function ExceptionsScreen() {
  const t = useTranslations('exceptions');
  const [search, setSearch] = useSearch(exceptionSearch);
  const takesFocus = useRef(false);
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
  });
  const subject = search.id ? subjectOf(search.id) : null;
  return (
    <div
      className={
        subject ? 'grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(400px,480px)] xl:grid-cols-[minmax(0,1fr)_560px]' : ''
      }
    >
      <div className={`flex min-w-0 flex-col gap-4 ${subject ? 'max-lg:hidden' : ''}`}>
        <PageHeader title={t('title')} lead={t('lead')} />
        <ExceptionChips kind={search.kind} onChoose={(kind) => setSearch({ kind, after: null })} />
        <ExceptionRows search={search} onPage={(after) => setSearch({ after })} onOpen={open} />
      </div>
      {subject && <h1 className="sr-only lg:hidden">{t('title')}</h1>}
      {subject && (
        <Suspense>
          {subject.of === 'withdrawal' ? (
            <WithdrawalPanel key={subject.id} id={subject.id} onClose={close} takesFocus={takesFocus} />
          ) : (
            <IncidentPanel key={subject.id} id={subject.id} onClose={close} takesFocus={takesFocus} />
          )}
        </Suspense>
      )}
    </div>
  );
}
