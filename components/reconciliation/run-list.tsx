'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, CircleSlash, Contrast } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge, type IconShape, type Tone } from '#components/ui/badge.tsx';
import { Freshness } from '#components/ui/freshness.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ReconciliationRunView } from '#server/reconciliation/contract.ts';
import type { RunStatus } from '#server/reconciliation/statuses.ts';
import { RUN_ROWS } from './search.ts';

const LOOKS: Readonly<Record<RunStatus, { readonly tone: Tone; readonly icon: IconShape }>> = {
  running: { tone: 'info', icon: Contrast },
  completed: { tone: 'success', icon: Check },
  failed: { tone: 'danger', icon: CircleSlash },
};

const READ_AGAIN_MS = 5_000;

/** The newest comparisons. */
export function RunList() {
  const t = useTranslations('reconciliation');
  const trpc = useTRPC();
  const options = { refetchInterval: READ_AGAIN_MS };
  const list = useQuery(trpc.reconciliation.runs.queryOptions({ limit: RUN_ROWS }, options));
  if (list.isPending) return <Loading />;
  if (!list.data) return <ErrorState error={list.error} onRetry={list.refetch} />;
  if (list.data.rows.length === 0) return <Empty title={t('runs.empty')} />;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex justify-end">
        <Freshness query={list} />
      </div>
      <Table
        caption={t('runs.caption')}
        head={
          <>
            <Header>{t('runs.days')}</Header>
            <Header>{t('runs.status')}</Header>
            <Header>{t('runs.startedAt')}</Header>
            <Header numeric tight="first">
              {t('runs.rows')}
            </Header>
            <Header numeric tight="first">
              {t('runs.known')}
            </Header>
            <Header numeric tight="first">
              {t('runs.attempts')}
            </Header>
            <Header numeric>{t('runs.seen')}</Header>
            <Header numeric>{t('runs.new')}</Header>
          </>
        }
      >
        {list.data.rows.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </Table>
      <p className="text-ink-3 text-sm">{t('runs.note')}</p>
    </div>
  );
}

function RunRow({ run }: { readonly run: ReconciliationRunView }) {
  const t = useTranslations('reconciliation');
  return (
    <tr>
      <RowHeader label={t('runs.days')}>
        <time dateTime={run.from}>{run.from}</time> – <time dateTime={run.to}>{run.to}</time>
      </RowHeader>
      <Cell label={t('runs.status')}>
        <Badge {...LOOKS[run.status]}>{t(`runs.statusName.${run.status}`)}</Badge>
      </Cell>
      <Cell label={t('runs.startedAt')}>
        <Time at={run.startedAt} />
      </Cell>
      <Cell label={t('runs.rows')} numeric tight="first">
        {run.listedRows}
      </Cell>
      <Cell label={t('runs.known')} numeric tight="first">
        {run.knownRows}
      </Cell>
      <Cell label={t('runs.attempts')} numeric tight="first">
        {run.attempts}
      </Cell>
      <Cell label={t('runs.seen')} numeric>
        {run.seen}
      </Cell>
      <Cell label={t('runs.new')} numeric>
        {run.found}
      </Cell>
    </tr>
  );
}
