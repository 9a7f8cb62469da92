'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { AssetChip } from '#components/ui/chips.tsx';
import { NoValue } from '#components/ui/no-value.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age } from '#components/ui/time.tsx';
import type { AssetBalancesView } from '#server/mining/contract.ts';
import { READ_AGAIN_MS } from './search.ts';

type Row = AssetBalancesView['rows'][number];
const FIGURES = ['balance', 'available', 'locked'] as const;

/** The coins at the pool, each by itself: different coins are never added up. */
export function AssetTable() {
  const t = useTranslations('mining');
  const trpc = useTRPC();
  const assets = useQuery(trpc.mining.assets.queryOptions({}, { refetchInterval: READ_AGAIN_MS }));
  if (assets.isPending) return <Loading />;
  if (!assets.data) return <ErrorState error={assets.error} onRetry={assets.refetch} />;
  const { rows } = assets.data;
  if (rows.length === 0) return <Empty title={t('assets.empty')} />;
  const oldest = rows.flatMap(({ asOf }) => asOf ?? []).sort()[0];
  const newestDay = newestOf(rows);
  return (
    <div className="flex flex-col gap-2">
      {newestDay && oldest && (
        <p className="text-ink-2 text-sm">
          {t('assets.asOf', { date: newestDay })} <Age at={oldest} />. {t('assets.moved')}
        </p>
      )}
      <AssetRows rows={rows} />
    </div>
  );
}

const newestOf = (rows: readonly Row[]): string | undefined =>
  rows
    .flatMap(({ date }) => date ?? [])
    .sort()
    .at(-1);

function AssetRows({ rows }: { readonly rows: readonly Row[] }) {
  const t = useTranslations('mining');
  return (
    <Table
      caption={t('assets.caption')}
      head={
        <>
          <Header>{t('columns.asset')}</Header>
          <Header numeric>{t('assets.balance')}</Header>
          <Header numeric>{t('assets.available')}</Header>
          <Header numeric>{t('assets.locked')}</Header>
          <Header tight="first">{t('columns.read')}</Header>
        </>
      }
    >
      {rows.map((row) => (
        <AssetRow key={row.asset} row={row} rows={rows} />
      ))}
    </Table>
  );
}

function AssetRow({ row, rows }: { readonly row: Row; readonly rows: readonly Row[] }) {
  const t = useTranslations('mining');
  return (
    <tr>
      <RowHeader label={t('columns.asset')}>
        <AssetChip asset={row.asset} />
      </RowHeader>
      {FIGURES.map((name) => {
        const value = row[name];
        const decimals = decimalsOf(rows.map((each) => each[name]));
        return (
          <Cell key={name} label={t(`assets.${name}`)} numeric>
            {value === null ? <NoValue why={t('assets.notGiven')} /> : <Amount value={value} decimals={decimals} />}
          </Cell>
        );
      })}
      <Cell label={t('columns.read')} tight="first">
        <span className="text-ink-2 text-sm">
          {row.asOf ? <Age at={row.asOf} /> : t('assets.neverRead')}
          {row.date && row.date !== newestOf(rows) && ` · ${t('balance.day', { date: row.date })}`}
        </span>
      </Cell>
    </tr>
  );
}
