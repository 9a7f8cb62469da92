'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { AssetChip } from '#components/ui/chips.tsx';
import { NoValue } from '#components/ui/no-value.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import type { Bar } from './bars.ts';

interface ProfitProps {
  readonly asset: string;
  readonly bars: readonly Bar[];
}

/** From the first day with a figure on: before it nothing was read. */
const recorded = (bars: readonly Bar[]) => bars.slice(bars.findIndex(({ total }) => total !== null));

export function ProfitTable({ asset, bars }: ProfitProps) {
  const t = useTranslations('mining');
  const decimals = decimalsOf(bars.map(({ total }) => total));
  return (
    <Table
      caption={t('profit.caption', { asset })}
      head={
        <>
          <Header>{t('profit.day')}</Header>
          <Header numeric>{t('profit.total')}</Header>
        </>
      }
    >
      {[...recorded(bars)].reverse().map(({ date, total }) => (
        <tr key={date}>
          <RowHeader label={t('profit.day')}>{date}</RowHeader>
          <Cell label={t('profit.total')} numeric>
            <span className="inline-flex items-center gap-2">
              <AssetChip asset={asset} />
              {total === null ? <NoValue why={t('profit.missing')} /> : <Amount value={total} decimals={decimals} />}
            </span>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
