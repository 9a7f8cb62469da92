'use client';

import { useTranslations } from '#components/i18n/words.tsx';
import { PageHeader, Section } from '#components/ui/page-header.tsx';
import { CompareNow } from './compare-now.tsx';
import { DifferenceList } from './difference-list.tsx';
import { RunList } from './run-list.tsx';

export function ReconciliationScreen() {
  const t = useTranslations('reconciliation');
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t('title')} lead={t('lead')}>
        <CompareNow />
      </PageHeader>
      <Section title={t('differences.title')}>
        <DifferenceList />
      </Section>
      <Section title={t('runs.title')}>
        <RunList />
      </Section>
    </div>
  );
}
