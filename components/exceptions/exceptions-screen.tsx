'use client';

import { lazy } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useSearch } from '#components/url/use-search.ts';
import { ListAndPanel, useOpenRow } from '#components/withdrawals/list-and-panel.tsx';
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
  const { open, close, takesFocus } = useOpenRow({ id: search.id, onChange: setSearch });
  const subject = search.id ? subjectOf(search.id) : null;
  const Panel = subject?.of === 'incident' ? IncidentPanel : WithdrawalPanel;
  return (
    <ListAndPanel
      title={t('title')}
      width="wide"
      panel={subject && <Panel key={subject.id} id={subject.id} onClose={close} takesFocus={takesFocus} />}
    >
      <PageHeader title={t('title')} lead={t('lead')} />
      <ExceptionChips kind={search.kind} onChoose={(kind) => setSearch({ kind, after: null })} />
      <ExceptionRows search={search} onPage={(after) => setSearch({ after })} onOpen={open} />
    </ListAndPanel>
  );
}
