import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { readPreferences } from '#components/preferences/read-preferences.ts';
import type { SearchParams } from '#components/url/params.ts';
import { listInput, loadWithdrawalSearch } from '#components/withdrawals/search.ts';
import { WithdrawalsScreen } from '#components/withdrawals/withdrawals-screen.tsx';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('withdrawals');
  return { title: t('title') };
}

export default async function WithdrawalsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await signInFirst('/withdrawals', searchParams);
  const search = await loadWithdrawalSearch(searchParams);
  const { zone } = await readPreferences();
  await prefetch(
    trpc.withdrawals.list.queryOptions(listInput(search, zone)),
    trpc.withdrawals.waiting.queryOptions({}),
    trpc.assets.list.queryOptions({}),
    ...(search.id ? [trpc.withdrawals.get.queryOptions({ id: search.id })] : []),
  );
  return (
    <ClientMessages namespaces={['withdrawals', 'evidence', 'dual']}>
      <Hydrate>
        <WithdrawalsScreen />
      </Hydrate>
    </ClientMessages>
  );
}
