'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, CalendarClock, Check, Circle } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { FailureNote } from '#components/ui/failure-note.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DelegationView } from '#server/delegations/contract.ts';

const LOOKS = {
  planned: { tone: 'info', icon: CalendarClock },
  open: { tone: 'success', icon: Check },
  over: { tone: 'neutral', icon: Circle },
  ended: { tone: 'neutral', icon: Ban },
} as const;

interface DelegationTableProps {
  readonly rows: readonly DelegationView[];
  readonly mayEnd: (row: DelegationView) => boolean;
}

export function DelegationTable({ rows, mayEnd }: DelegationTableProps) {
  const t = useTranslations('delegations');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const end = useMutation(
    trpc.delegations.end.mutationOptions({
      onSuccess: () => announce(t('endDone')),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.delegations.pathKey() }),
    }),
  );
  const isLasting = ({ state }: DelegationView) => state === 'open' || state === 'planned';
  return (
    <>
      {end.error && <FailureNote failure={readFailure(end.error)} />}
      <Table
        caption={t('title')}
        head={
          <>
            <Header>{t('columns.people')}</Header>
            <Header tight="first">{t('columns.from')}</Header>
            <Header tight="first">{t('columns.until')}</Header>
            <Header>{t('columns.state')}</Header>
            <Header>{t('columns.reason')}</Header>
            <Header>{t('columns.actions')}</Header>
          </>
        }
      >
        {rows.map((row) => (
          <tr key={row.id}>
            <RowHeader label={t('columns.people')}>
              {t('people', { delegate: row.delegate.name, delegator: row.delegator.name })}
            </RowHeader>
            <Cell label={t('columns.from')} tight="first">
              <Time at={row.from} />
            </Cell>
            <Cell label={t('columns.until')} tight="first">
              <Time at={row.until} />
            </Cell>
            <Cell label={t('columns.state')}>
              <span className="inline-block py-1">
                <Badge {...LOOKS[row.state]}>{t(`state.${row.state}`)}</Badge>
                {row.ended && (
                  <span className="mt-1 block text-ink-2 text-sm">{t(`because.${row.ended.because}`, row.ended)}</span>
                )}
              </span>
            </Cell>
            <Cell label={t('columns.reason')}>
              <span className="[overflow-wrap:anywhere]">{row.reason}</span>
            </Cell>
            <Cell label={t('columns.actions')}>
              {isLasting(row) && mayEnd(row) ? (
                <Button
                  look="danger"
                  aria-disabled={end.isPending}
                  onClick={() => !end.isPending && end.mutate({ id: row.id })}
                >
                  {t('end')}
                </Button>
              ) : (
                <span className="text-ink-3">-</span>
              )}
            </Cell>
          </tr>
        ))}
      </Table>
    </>
  );
}
