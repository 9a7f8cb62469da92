import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import type { SearchParams } from '#components/url/params.ts';
import { loadWalletSearch, walletListInput } from '#components/wallets/search.ts';
import { WalletsScreen } from '#components/wallets/wallets-screen.tsx';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wallets');
  return { title: t('title') };
}

export default async function WalletsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await signInFirst('/wallets', searchParams);
  const search = await loadWalletSearch(searchParams);
  await prefetch(trpc.wallets.list.queryOptions(walletListInput(search)));
  return (
    <ClientMessages namespaces={['wallets']}>
      <Hydrate>
        <WalletsScreen />
      </Hydrate>
    </ClientMessages>
  );
}
