'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, CalendarClock, Check, Circle } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { readFailure } from '#components/trpc/failure.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';
import { AskSheet } from '#components/ui/ask-sheet.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
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
  const [ending, setEnding] = useState<DelegationView | null>(null);
  const isLasting = ({ state }: DelegationView) => state === 'open' || state === 'planned';
  return (
    <>
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
            <RowHeader label={t('columns.people')}>{t('people', namesIn(row))}</RowHeader>
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
                  aria-label={`${t('end')}: ${t('people', namesIn(row))}`}
                  onClick={() => setEnding(row)}
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
      {ending && <EndSheet delegation={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

const namesIn = ({ delegate, delegator }: DelegationView) => ({ delegate: delegate.name, delegator: delegator.name });

interface EndSheetProps {
  readonly delegation: DelegationView;
  readonly onClose: () => void;
}

function EndSheet({ delegation, onClose }: EndSheetProps) {
  const t = useTranslations('delegations');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const end = useMutation(
    trpc.delegations.end.mutationOptions({
      onSuccess: () => {
        announce(t('endDone'));
        onClose();
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.delegations.pathKey() }),
    }),
  );
  return (
    <AskSheet
      title={t('endTitle')}
      confirm={t('end')}
      isSending={end.isPending}
      failure={end.error && readFailure(end.error)}
      onConfirm={() => end.mutate({ id: delegation.id })}
      onClose={onClose}
    >
      <p className="font-medium [overflow-wrap:anywhere]">{t('people', namesIn(delegation))}</p>
      <p>{t('endNext')}</p>
    </AskSheet>
  );
}
