import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AddressesScreen } from '#components/addresses/addresses-screen.tsx';
import { addressesInput, loadAddressSearch } from '#components/addresses/search.ts';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import type { SearchParams } from '#components/url/params.ts';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('addresses');
  return { title: t('title') };
}

export default async function AddressesPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await signInFirst('/addresses', searchParams);
  const search = await loadAddressSearch(searchParams);
  await prefetch(
    trpc.allowList.list.queryOptions(addressesInput(search)),
    trpc.allowList.rules.queryOptions({}),
    trpc.assets.list.queryOptions({}),
  );
  return (
    <ClientMessages namespaces={['addresses', 'dual']}>
      <Hydrate>
        <AddressesScreen />
      </Hydrate>
    </ClientMessages>
  );
}
