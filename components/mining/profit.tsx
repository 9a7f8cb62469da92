'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { ChoiceChip } from '#components/ui/chips.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { Empty, ErrorState, Loading } from '#components/ui/states.tsx';
import { useSearch } from '#components/url/use-search.ts';
import { barsOf, lastDays } from './bars.ts';
import { ProfitChart } from './profit-chart.tsx';
import { ProfitTable } from './profit-table.tsx';
import { PROFIT_DAYS, profitSearch, READ_AGAIN_MS } from './search.ts';

export function Profit() {
  const t = useTranslations('mining');
  const [asTable, setAsTable] = useState(false);
  return (
    <Section
      title={t('profit.title', { days: PROFIT_DAYS })}
      aside={
        <Button aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'profit.asChart' : 'profit.asTable')}
        </Button>
      }
    >
      <ProfitOfAsset asTable={asTable} />
    </Section>
  );
}

function ProfitOfAsset({ asTable }: { readonly asTable: boolean }) {
  const t = useTranslations('mining');
  const trpc = useTRPC();
  const [{ asset: chosen }, setSearch] = useSearch(profitSearch);
  const profit = useQuery(trpc.mining.profit.queryOptions({ days: PROFIT_DAYS }, { refetchInterval: READ_AGAIN_MS }));
  if (profit.isPending) return <Loading />;
  if (!profit.data) return <ErrorState error={profit.error} onRetry={profit.refetch} />;
  const { rows } = profit.data;
  const assets = [...new Set(rows.map(({ asset }) => asset))].sort();
  const asset = assets.find((each) => each === chosen) ?? assets[0];
  if (!asset) return <Empty title={t('profit.empty')} />;
  const bars = barsOf(
    lastDays(
      rows.filter((row) => row.asset === asset),
      PROFIT_DAYS,
    ),
  );
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="m-0 flex flex-wrap gap-2 border-0 p-0">
        <legend className="sr-only">{t('columns.asset')}</legend>
        {assets.map((each) => (
          <ChoiceChip
            key={each}
            chosen={each === asset}
            onChoose={() => setSearch({ asset: each }, { history: 'replace' })}
          >
            {each}
          </ChoiceChip>
        ))}
      </fieldset>
      {asTable ? <ProfitTable asset={asset} bars={bars} /> : <ProfitChart asset={asset} bars={bars} />}
    </div>
  );
}
