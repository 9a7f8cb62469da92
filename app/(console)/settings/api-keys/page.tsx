import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ApiKeysScreen } from '#components/api-keys/api-keys-screen.tsx';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { Hydrate, prefetch, trpc } from '../../../_trpc/server.tsx';
import { signInFirst } from '../../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('apiKeys');
  return { title: t('title') };
}

export default async function ApiKeysPage() {
  await signInFirst('/settings/api-keys');
  await prefetch(trpc.apiKeys.list.queryOptions({}));
  return (
    <ClientMessages namespaces={['apiKeys']}>
      <Hydrate>
        <ApiKeysScreen />
      </Hydrate>
    </ClientMessages>
  );
}
