'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { useHasRole } from '#components/shell/me.tsx';
import { useOffline } from '#components/shell/use-offline.ts';
import { AppLink } from '#components/ui/app-link.tsx';
import { Button } from '#components/ui/button.tsx';
import { AssetChip } from '#components/ui/chips.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import type { DifferenceView } from '#server/reconciliation/contract.ts';
import { Said } from './said.tsx';

interface DifferenceTableProps {
  readonly rows: readonly DifferenceView[];
  readonly outdated: boolean;
  readonly onOpen: (difference: DifferenceView) => void;
  readonly onExplain: (difference: DifferenceView) => void;
}

export function DifferenceTable({ rows, outdated, onOpen, onExplain }: DifferenceTableProps) {
  const t = useTranslations('reconciliation');
  return (
    <Table
      caption={t('differences.caption')}
      outdated={outdated}
      head={
        <>
          <Header>{t('columns.kind')}</Header>
          <Header>{t('columns.day')}</Header>
          <Header numeric>{t('columns.expected')}</Header>
          <Header numeric>{t('columns.observed')}</Header>
          <Header tight="second">{t('columns.reference')}</Header>
          <Header tight="first">{t('columns.action')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <DifferenceRow key={row.id} row={row} onOpen={onOpen} onExplain={onExplain} />
      ))}
    </Table>
  );
}

type RowProps = Pick<DifferenceTableProps, 'onOpen' | 'onExplain'> & { readonly row: DifferenceView };

function DifferenceRow({ row, onOpen, onExplain }: RowProps) {
  const t = useTranslations('reconciliation');
  return (
    <tr>
      <RowHeader label={t('columns.kind')}>
        <span className="inline-flex flex-wrap items-center gap-2">
          <AssetChip asset={row.asset} />
          <button
            type="button"
            onClick={() => onOpen(row)}
            className="min-h-8 text-start font-medium text-focus underline pointer-coarse:min-h-11"
          >
            {t(`kind.${row.kind}`)}
          </button>
        </span>
      </RowHeader>
      <Cell label={t('columns.day')}>
        <time dateTime={row.day}>{row.day}</time>
      </Cell>
      <Cell label={t('columns.expected')} numeric>
        <Said difference={row} side="expected" />
      </Cell>
      <Cell label={t('columns.observed')} numeric>
        <Said difference={row} side="observed" />
      </Cell>
      <Cell label={t('columns.reference')} tight="second">
        <Reference row={row} />
      </Cell>
      <Cell label={t('columns.action')} tight="first" prose>
        <Explanation row={row} onExplain={onExplain} />
      </Cell>
    </tr>
  );
}

function Reference({ row }: { readonly row: DifferenceView }) {
  const t = useTranslations('reconciliation');
  if (!row.withdrawalId) {
    if (row.reference === null) return <span className="text-ink-2">{t('columns.none')}</span>;
    return <span className="font-mono text-sm [overflow-wrap:anywhere]">{row.reference}</span>;
  }
  return (
    <AppLink
      href={`/withdrawals?view=all&id=${row.withdrawalId}`}
      className="inline-flex min-h-8 items-center font-mono text-focus text-sm underline [overflow-wrap:anywhere]"
    >
      {row.reference ?? t('columns.withdrawal')}
    </AppLink>
  );
}

function Explanation({ row, onExplain }: Pick<DifferenceTableProps, 'onExplain'> & { readonly row: DifferenceView }) {
  const t = useTranslations('reconciliation');
  const mayExplain = useHasRole('finance', 'admin');
  const offline = useOffline();
  if (row.note) return <span className="[overflow-wrap:anywhere]">{row.note}</span>;
  if (row.state === 'gone') return <span className="text-ink-2">{t('differences.state.gone')}</span>;
  return (
    <Button
      blockedBy={mayExplain ? offline : t('explain.notYours')}
      aria-label={`${t('explain.button')}: ${row.reference ?? row.day}`}
      onClick={() => onExplain(row)}
    >
      {t('explain.button')}
    </Button>
  );
}
