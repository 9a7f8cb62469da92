'use client';

import type { MouseEvent } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { AssetChip } from '#components/ui/chips.tsx';
import { Cell, Header, RowHeader, SortHeader, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { WithdrawalRow } from '#server/withdrawals/contract.ts';
import type { SearchChange } from './filter-bar.tsx';
import { FIRST_PAGE, type WithdrawalSearch, withdrawalHref } from './search.ts';
import { HoldBadge, StatusBadge } from './status-badge.tsx';

interface WithdrawalListProps {
  readonly rows: readonly WithdrawalRow[];
  readonly search: WithdrawalSearch;
  readonly outdated: boolean;
  readonly onChange: (change: SearchChange) => void;
  readonly onOpen: (id: string) => void;
}

export function WithdrawalList({ rows, search, outdated, onChange, onOpen }: WithdrawalListProps) {
  const t = useTranslations('withdrawals');
  const decimals = decimalsOf(rows.map(({ amount }) => amount));
  const sortProps = (by: WithdrawalSearch['by']) => {
    const direction = search.by === by ? search.dir : null;
    const dir = direction === 'desc' ? ('asc' as const) : ('desc' as const);
    return { direction, onSort: () => onChange({ by, dir, ...FIRST_PAGE }) };
  };
  return (
    <Table
      caption={t('caption')}
      outdated={outdated}
      head={
        <>
          <Header>{t('columns.member')}</Header>
          <Header numeric>{t('columns.amount')}</Header>
          <Header>{t('columns.status')}</Header>
          <Header tight="second">{t('columns.approvals')}</Header>
          <SortHeader {...sortProps('requestedAt')} tight="second">
            {t('columns.requestedAt')}
          </SortHeader>
          <SortHeader {...sortProps('updatedAt')} tight="first">
            {t('columns.updatedAt')}
          </SortHeader>
        </>
      }
    >
      {rows.map((row) => (
        <Row key={row.id} row={row} decimals={decimals} search={search} onOpen={onOpen} />
      ))}
    </Table>
  );
}

interface RowProps {
  readonly row: WithdrawalRow;
  readonly decimals: number;
  readonly search: WithdrawalSearch;
  readonly onOpen: (id: string) => void;
}

function Row({ row, decimals, search, onOpen }: RowProps) {
  const t = useTranslations('withdrawals');
  const { given, required } = row.approvals;
  return (
    <tr data-selected={row.id === search.id} onClick={() => onOpen(row.id)} className="cursor-pointer">
      <RowHeader label={t('columns.member')}>
        <RowLink row={row} search={search} onOpen={onOpen} />
      </RowHeader>
      <Cell label={t('columns.amount')} numeric>
        <span className="inline-flex items-center gap-2">
          <AssetChip asset={row.asset} />
          <Amount value={row.amount} decimals={decimals} />
        </span>
      </Cell>
      <Cell label={t('columns.status')}>
        <span className="inline-flex flex-col items-start gap-0.5 py-1">
          <StatusBadge status={row.status} kind={row.kind} />
          {row.onHold && <HoldBadge />}
          {row.waitReason && row.waitReason !== 'on_hold' && (
            <span className="text-ink-2 text-xs">{t(`waitReason.${row.waitReason}`)}</span>
          )}
        </span>
      </Cell>
      <Cell label={t('columns.approvals')} tight="second">
        <span className="whitespace-nowrap">{t('approvalCount', { given: given.length, required })}</span>
      </Cell>
      <Cell label={t('columns.requestedAt')} tight="second">
        <Time at={row.requestedAt} />
      </Cell>
      <Cell label={t('columns.updatedAt')} tight="first">
        <Time at={row.updatedAt} />
      </Cell>
    </tr>
  );
}

/** What the keyboard walks through. A link, so that it opens in a new tab like any other. */
function RowLink({ row, search, onOpen }: Omit<RowProps, 'decimals'>) {
  const t = useTranslations('withdrawals');
  const open = (event: MouseEvent) => {
    event.stopPropagation();
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(row.id);
  };
  return (
    <a
      href={withdrawalHref('/withdrawals', { ...search, id: row.id })}
      data-row-id={row.id}
      aria-current={row.id === search.id ? 'true' : undefined}
      onClick={open}
      className="inline-flex min-h-8 min-w-[13ch] flex-col justify-center text-ink no-underline [overflow-wrap:anywhere] hover:underline"
    >
      <span>{row.memberId}</span>
      <span className="font-normal text-ink-3 text-xs">{t(`kind.${row.kind}`)}</span>
    </a>
  );
}
