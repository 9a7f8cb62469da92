'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Amount } from '#components/ui/amount.tsx';
import { decimalsOf } from '#components/ui/amount-text.ts';
import { AssetChip } from '#components/ui/chips.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { Cell, Header, RowHeader, Table } from '#components/ui/table.tsx';
import { Age } from '#components/ui/time.tsx';
import type { TotalsView } from '#server/ledger/contract.ts';

const FIGURES = ['owed', 'available', 'held', 'inFlight', 'payable'] as const;

/** What all members together are owed, asset by asset, straight from the books. */
export function OwedTable() {
  const t = useTranslations('overview');
  const trpc = useTRPC();
  const totals = useQuery(trpc.ledger.totals.queryOptions({}));
  const aside = totals.data && (
    <span className="text-ink-3 text-sm">
      {t('owed.asOf')} <Age at={totals.data.asOf} />
    </span>
  );
  return (
    <Section title={t('owed.title')} aside={aside}>
      {totals.isPending && <Loading />}
      {totals.isError && !totals.data && <ErrorState error={totals.error} onRetry={totals.refetch} />}
      {totals.data && <Totals rows={totals.data.rows} />}
    </Section>
  );
}

function Totals({ rows }: { readonly rows: TotalsView['rows'] }) {
  const t = useTranslations('overview');
  if (rows.length === 0) return <Empty title={t('owed.empty')} />;
  return (
    <Table
      caption={t('owed.caption')}
      head={
        <>
          <Header>{t('owed.asset')}</Header>
          {FIGURES.map((name) => (
            <Header key={name} numeric>
              {t(`owed.${name}`)}
            </Header>
          ))}
        </>
      }
    >
      {rows.map((row) => (
        <tr key={row.asset}>
          <RowHeader label={t('owed.asset')}>
            <AssetChip asset={row.asset} />
          </RowHeader>
          {FIGURES.map((name) => (
            <Cell key={name} label={t(`owed.${name}`)} numeric>
              <Amount value={row[name]} decimals={decimalsOf(rows.map((each) => each[name]))} />
            </Cell>
          ))}
        </tr>
      ))}
    </Table>
  );
}
