import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { WebhooksScreen } from '#components/webhooks/webhooks-screen.tsx';
import { Hydrate, prefetch, trpc } from '../../../_trpc/server.tsx';
import { signInFirst } from '../../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('webhooks');
  return { title: t('title') };
}

export default async function WebhooksPage() {
  await signInFirst('/settings/webhooks');
  await prefetch(trpc.webhooks.list.queryOptions({}));
  return (
    <ClientMessages namespaces={['webhooks', 'notifications', 'reasons']}>
      <Hydrate>
        <WebhooksScreen />
      </Hydrate>
    </ClientMessages>
  );
}
