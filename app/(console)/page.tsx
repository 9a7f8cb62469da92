import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { OverviewScreen } from '#components/overview/overview-screen.tsx';
import { Hydrate, prefetch, trpc } from '../_trpc/server.tsx';
import { signInFirst } from '../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('overview');
  return { title: t('title') };
}

export default async function OverviewPage() {
  await signInFirst('/');
  await prefetch(
    trpc.withdrawals.waiting.queryOptions({}),
    trpc.system.status.queryOptions({}),
    trpc.mining.balance.queryOptions({}),
    trpc.mining.assets.queryOptions({}),
    trpc.ledger.totals.queryOptions({}),
  );
  return (
    <ClientMessages namespaces={['overview', 'mining', 'reasons']}>
      <Hydrate>
        <OverviewScreen />
      </Hydrate>
    </ClientMessages>
  );
}
