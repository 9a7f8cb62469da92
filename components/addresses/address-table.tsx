'use client';

import { CircleCheck, Hourglass, MinusCircle } from 'lucide-react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Remaining } from '#components/ui/remaining.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Time, useNowMs } from '#components/ui/time.tsx';
import type { AllowListRow } from '#server/risk/contract.ts';
import { Entry } from './entry.tsx';

interface AddressTableProps {
  readonly rows: readonly AllowListRow[];
  readonly outdated: boolean;
  /** Null: for those who may not. */
  readonly onRemove: ((entry: AllowListRow) => void) | null;
}

export function AddressTable({ rows, outdated, onRemove }: AddressTableProps) {
  const t = useTranslations('addresses');
  const offline = useOffline();
  return (
    <Table
      caption={t('caption')}
      outdated={outdated}
      head={
        <>
          <Header>{t('columns.address')}</Header>
          <Header>{t('columns.label')}</Header>
          <Header>{t('columns.state')}</Header>
          <Header tight="first">{t('columns.people')}</Header>
          <Header tight="second">{t('columns.addedAt')}</Header>
          {onRemove && <Header>{t('columns.actions')}</Header>}
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <RowHeader label={t('columns.address')}>
            <Entry {...row} />
          </RowHeader>
          <Cell label={t('columns.label')}>
            <span className="[overflow-wrap:anywhere]">{row.label}</span>
          </Cell>
          <Cell label={t('columns.state')}>
            <State entry={row} />
          </Cell>
          <Cell label={t('columns.people')} tight="first">
            {row.proposedBy.name} · {row.confirmedBy.name}
          </Cell>
          <Cell label={t('columns.addedAt')} tight="second">
            <Time at={row.addedAt} />
          </Cell>
          {onRemove && (
            <Cell label={t('columns.actions')}>
              {!row.removed && (
                <Button
                  className="whitespace-nowrap"
                  blockedBy={offline}
                  aria-label={`${t('remove.open')}: ${row.label}`}
                  onClick={() => onRemove(row)}
                >
                  {t('remove.open')}
                </Button>
              )}
            </Cell>
          )}
        </tr>
      ))}
    </Table>
  );
}

function State({ entry }: { readonly entry: AllowListRow }) {
  const t = useTranslations('addresses');
  const nowMs = useNowMs();
  if (entry.removed) {
    return (
      <span className="block py-1">
        <Badge tone="neutral" icon={MinusCircle}>
          {t('state.removed')}
        </Badge>
        <span className="block text-ink-3 text-xs [overflow-wrap:anywhere]">
          {entry.removed.by.name} · <Time at={entry.removed.at} /> · {entry.removed.reason}
        </span>
      </span>
    );
  }
  // The clock of the screen ends the wait that it shows.
  if (Date.parse(entry.activeFrom) <= nowMs) {
    return (
      <Badge tone="success" icon={CircleCheck}>
        {t('state.active')}
      </Badge>
    );
  }
  return (
    <span className="block py-1">
      <Badge tone="warning" icon={Hourglass}>
        {t('state.cooling')}
      </Badge>
      <span className="block text-ink-3 text-xs">
        <Time at={entry.activeFrom} /> <Remaining until={entry.activeFrom} />
      </span>
    </span>
  );
}
