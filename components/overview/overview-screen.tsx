'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { AssetTable } from '#components/mining/asset-table.tsx';
import { HashBalance } from '#components/mining/pool-figures.tsx';
import { PageHeader, Section } from '#components/ui/page-header.tsx';
import { NeedsPeople } from './needs-people.tsx';
import { OwedTable } from './owed-table.tsx';
import { Providers } from './providers.tsx';
import { WaitingCards } from './waiting-cards.tsx';

export function OverviewScreen() {
  const t = useTranslations('overview');
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t('title')} />
      <WaitingCards />
      <NeedsPeople />
      <Providers title={t('providers.title')} />
      <Section title={t('hash')}>
        <HashBalance />
      </Section>
      <div className="grid gap-8 min-[1700px]:grid-cols-2">
        <Section title={t('atPool')}>
          <AssetTable />
        </Section>
        <OwedTable />
      </div>
    </div>
  );
}
