'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from '#components/i18n/words.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Section } from '#components/ui/page-header.tsx';
import { ErrorState } from '#components/ui/states.tsx';
import { DelegationTable } from './delegation-table.tsx';

/** Everybody's that are not over, for administrators; where there is none there is nothing to see. */
export function CurrentDelegations() {
  const t = useTranslations('delegations');
  const trpc = useTRPC();
  const current = useQuery(trpc.delegations.current.queryOptions({}));
  if (current.isError && !current.data) return <ErrorState error={current.error} onRetry={current.refetch} />;
  if (!current.data?.rows.length) return null;
  return (
    <Section title={t('current')}>
      <DelegationTable rows={current.data.rows} mayEnd={() => true} />
    </Section>
  );
}
