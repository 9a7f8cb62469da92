import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { WalletScreen } from '#components/wallets/wallet-screen.tsx';
import { Hydrate, prefetch, trpc } from '../../../_trpc/server.tsx';
import { signInFirst } from '../../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wallets');
  return { title: t('title') };
}

export default async function WalletPage({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params;
  await signInFirst(`/wallets/${encodeURIComponent(id)}`);
  // The balances are left to the browser: the provider may take half a minute to answer.
  await prefetch(trpc.wallets.get.queryOptions({ id }), trpc.assets.list.queryOptions({}));
  return (
    <ClientMessages namespaces={['wallets', 'walletPause', 'walletDeposit', 'corrections', 'rotation', 'dual']}>
      <Hydrate>
        <WalletScreen id={id} />
      </Hydrate>
    </ClientMessages>
  );
}
