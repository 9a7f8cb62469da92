import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { NotificationsScreen } from '#components/notifications/notifications-screen.tsx';
import { listInput, loadNotificationSearch } from '#components/notifications/search.ts';
import type { SearchParams } from '#components/url/params.ts';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notifications');
  return { title: t('title') };
}

export default async function NotificationsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await signInFirst('/notifications', searchParams);
  const search = await loadNotificationSearch(searchParams);
  await prefetch(trpc.notifications.list.queryOptions(listInput(search)));
  return (
    <ClientMessages namespaces={['notifications', 'withdrawals', 'shell', 'reasons']}>
      <Hydrate>
        <NotificationsScreen />
      </Hydrate>
    </ClientMessages>
  );
}
