'use client';

import { Users } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { Badge } from '#components/ui/badge.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age } from '#components/ui/time.tsx';
import type { ExceptionRow } from '#server/resolution/contract.ts';
import { EXCEPTION_LOOKS } from './exception-look.ts';
import { NextTry } from './next-try.tsx';
import { type ExceptionSearch, exceptionHref, rowKey } from './search.ts';
import { WhatIsKnown } from './what-is-known.tsx';

interface ExceptionListProps {
  readonly rows: readonly ExceptionRow[];
  readonly search: ExceptionSearch;
  readonly outdated: boolean;
  readonly onOpen: (key: string) => void;
}

export function ExceptionList({ rows, search, outdated, onOpen }: ExceptionListProps) {
  const t = useTranslations('exceptions');
  const decimals = decimalsOf(rows.map(({ amount }) => amount));
  return (
    <Table
      caption={t('caption')}
      outdated={outdated}
      head={
        <>
          <Header>{t('columns.about')}</Header>
          <Header>{t('columns.kind')}</Header>
          <Header numeric>{t('columns.amount')}</Header>
          <Header tight="first">{t('columns.known')}</Header>
          <Header tight="second">{t('columns.next')}</Header>
          <Header>{t('columns.since')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <Row key={rowKey(row)} row={row} decimals={decimals} search={search} onOpen={onOpen} />
      ))}
    </Table>
  );
}

interface RowProps {
  readonly row: ExceptionRow;
  readonly decimals: number;
  readonly search: ExceptionSearch;
  readonly onOpen: (key: string) => void;
}

function Row({ row, decimals, search, onOpen }: RowProps) {
  const t = useTranslations('exceptions');
  const key = rowKey(row);
  return (
    <tr data-selected={key === search.id} onClick={() => onOpen(key)} className="cursor-pointer">
      <RowHeader label={t('columns.about')}>
        <RowLink row={row} search={search} onOpen={onOpen} />
      </RowHeader>
      <Cell label={t('columns.kind')}>
        <span className="inline-flex flex-col items-start gap-1 py-1 max-[480px]:items-end">
          <Badge {...EXCEPTION_LOOKS[row.filter]}>
            <span className="whitespace-nowrap">{t(`kind.${row.filter}`)}</span>
          </Badge>
          {row.proposed && (
            <span className="inline-flex items-start gap-1 text-warning text-xs">
              <Users aria-hidden size={13} className="mt-0.5 shrink-0" />
              {t('proposed')}
            </span>
          )}
          {row.onHold && <span className="text-ink-2 text-xs">{t('onHold')}</span>}
        </span>
      </Cell>
      <Cell label={t('columns.amount')} numeric>
        {row.asset && row.amount ? (
          <span className="inline-flex items-center gap-2">
            <AssetChip asset={row.asset} />
            <Amount value={row.amount} decimals={decimals} />
          </span>
        ) : (
          '-'
        )}
      </Cell>
      <Cell label={t('columns.known')} tight="first" prose>
        <WhatIsKnown row={row} />
      </Cell>
      <Cell label={t('columns.next')} tight="second">
        <NextTry row={row} />
      </Cell>
      <Cell label={t('columns.since')}>
        <Age at={row.since} />
      </Cell>
    </tr>
  );
}

/** What the keyboard walks through. A link, so that it opens in a new tab like any other. */
function RowLink({ row, search, onOpen }: Omit<RowProps, 'decimals'>) {
  const t = useTranslations('exceptions');
  const tWithdrawals = useTranslations('withdrawals');
  const key = rowKey(row);
  const open = (event: MouseEvent) => {
    event.stopPropagation();
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(key);
  };
  return (
    <a
      href={exceptionHref('/exceptions', { ...search, id: key })}
      data-row-id={key}
      aria-current={key === search.id ? 'true' : undefined}
      onClick={open}
      className="inline-flex min-h-8 min-w-[13ch] flex-col justify-center text-ink no-underline [overflow-wrap:anywhere] hover:underline"
    >
      <span>{row.memberId ?? (row.incidentKind ? t(`incident.${row.incidentKind}.title`) : row.id)}</span>
      {row.kind && <span className="font-normal text-ink-3 text-xs">{tWithdrawals(`kind.${row.kind}`)}</span>}
    </a>
  );
}
