import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BalancesScreen } from '#components/balances/balances-screen.tsx';
import { loadBalanceSearch, statementInput } from '#components/balances/search.ts';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { isMemberId } from '#components/ui/identifiers.ts';
import type { SearchParams } from '#components/url/params.ts';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('balances');
  return { title: t('title') };
}

export default async function BalancesPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await signInFirst('/balances', searchParams);
  const search = await loadBalanceSearch(searchParams);
  const { member } = search;
  if (isMemberId(member)) {
    await prefetch(
      trpc.ledger.balances.queryOptions({ memberId: member }),
      trpc.ledger.statement.queryOptions(statementInput(member, search)),
    );
  }
  return (
    <ClientMessages namespaces={['balances', 'dual', 'corrections']}>
      <Hydrate>
        <BalancesScreen />
      </Hydrate>
    </ClientMessages>
  );
}
