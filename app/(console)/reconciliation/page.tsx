import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { ReconciliationScreen } from '#components/reconciliation/reconciliation-screen.tsx';
import { differencesInput, loadReconciliationSearch, RUN_ROWS } from '#components/reconciliation/search.ts';
import type { SearchParams } from '#components/url/params.ts';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reconciliation');
  return { title: t('title') };
}

export default async function ReconciliationPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await signInFirst('/reconciliation', searchParams);
  const search = await loadReconciliationSearch(searchParams);
  await prefetch(
    trpc.reconciliation.differences.queryOptions(differencesInput(search)),
    trpc.reconciliation.runs.queryOptions({ limit: RUN_ROWS }),
  );
  return (
    <ClientMessages namespaces={['reconciliation', 'evidence', 'withdrawals', 'balances']}>
      <Hydrate>
        <ReconciliationScreen />
      </Hydrate>
    </ClientMessages>
  );
}
