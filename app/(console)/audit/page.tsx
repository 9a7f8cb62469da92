import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditScreen } from '#components/audit/audit-screen.tsx';
import { listInput, loadAuditSearch } from '#components/audit/search.ts';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { readPreferences } from '#components/preferences/read-preferences.ts';
import type { SearchParams } from '#components/url/params.ts';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit');
  return { title: t('title') };
}

export default async function AuditPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await signInFirst('/audit', searchParams);
  const search = await loadAuditSearch(searchParams);
  const { zone } = await readPreferences();
  await prefetch(trpc.audit.list.queryOptions(listInput(search, zone)));
  return (
    <ClientMessages namespaces={['audit', 'withdrawals', 'shell']}>
      <Hydrate>
        <AuditScreen />
      </Hydrate>
    </ClientMessages>
  );
}
