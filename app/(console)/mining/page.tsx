import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { MiningScreen } from '#components/mining/mining-screen.tsx';
import { LOG_ROWS, loadMiningSearch, PROFIT_DAYS } from '#components/mining/search.ts';
import type { SearchParams } from '#components/url/params.ts';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('mining');
  return { title: t('title') };
}

export default async function MiningPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await signInFirst('/mining', searchParams);
  const { after } = await loadMiningSearch(searchParams);
  await prefetch(
    trpc.mining.balance.queryOptions({}),
    trpc.mining.hashRate.queryOptions({}),
    trpc.mining.assets.queryOptions({}),
    trpc.mining.profit.queryOptions({ days: PROFIT_DAYS }),
    trpc.mining.withdrawals.queryOptions({ cursor: after.at(-1) ?? null, limit: LOG_ROWS }),
  );
  return (
    <ClientMessages namespaces={['mining']}>
      <Hydrate>
        <MiningScreen />
      </Hydrate>
    </ClientMessages>
  );
}
