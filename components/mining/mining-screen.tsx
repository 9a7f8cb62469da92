'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { PageHeader, Section } from '#components/ui/page-header.tsx';
import { AssetTable } from './asset-table.tsx';
import { CollectNow } from './collect-now.tsx';
import { HashBalance, HashRate } from './pool-figures.tsx';
import { Profit } from './profit.tsx';
import { WithdrawalLog } from './withdrawal-log.tsx';

export function MiningScreen() {
  const t = useTranslations('mining');
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t('title')} lead={t('lead')}>
        <CollectNow />
      </PageHeader>
      <Section title={t('balance.title')}>
        <HashBalance />
      </Section>
      <Section title={t('rate.title')}>
        <HashRate />
      </Section>
      <Section title={t('assets.title')}>
        <AssetTable />
      </Section>
      <Profit />
      <Section title={t('log.title')}>
        <WithdrawalLog />
      </Section>
    </div>
  );
}
