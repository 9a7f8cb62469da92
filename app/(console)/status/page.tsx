import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { StatusScreen } from '#components/status/status-screen.tsx';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('status');
  return { title: t('title') };
}

export default async function StatusPage() {
  await signInFirst('/status');
  await prefetch(trpc.system.status.queryOptions({}));
  return (
    <ClientMessages namespaces={['status', 'overview', 'reasons']}>
      <Hydrate>
        <StatusScreen />
      </Hydrate>
    </ClientMessages>
  );
}
