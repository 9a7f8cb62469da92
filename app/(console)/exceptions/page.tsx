import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ExceptionsScreen } from '#components/exceptions/exceptions-screen.tsx';
import { listInput, loadExceptionSearch, subjectOf } from '#components/exceptions/search.ts';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import type { SearchParams } from '#components/url/params.ts';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('exceptions');
  return { title: t('title') };
}

export default async function ExceptionsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await signInFirst('/exceptions', searchParams);
  const search = await loadExceptionSearch(searchParams);
  const subject = search.id ? subjectOf(search.id) : null;
  await prefetch(
    trpc.exceptions.list.queryOptions(listInput(search)),
    ...(subject?.of === 'withdrawal' ? [trpc.withdrawals.get.queryOptions({ id: subject.id })] : []),
    ...(subject?.of === 'incident' ? [trpc.incidents.get.queryOptions({ id: subject.id })] : []),
  );
  return (
    <ClientMessages namespaces={['exceptions', 'incidents', 'withdrawals', 'evidence', 'dual', 'corrections']}>
      <Hydrate>
        <ExceptionsScreen />
      </Hydrate>
    </ClientMessages>
  );
}
