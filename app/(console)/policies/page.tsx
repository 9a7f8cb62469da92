import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { PoliciesScreen } from '#components/policies/policies-screen.tsx';
import { Hydrate, prefetch, trpc } from '../../_trpc/server.tsx';
import { signInFirst } from '../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('policies');
  return { title: t('title') };
}

export default async function PoliciesPage() {
  await signInFirst('/policies');
  await prefetch(trpc.policies.current.queryOptions({}));
  return (
    <ClientMessages namespaces={['policies', 'dual']}>
      <Hydrate>
        <PoliciesScreen />
      </Hydrate>
    </ClientMessages>
  );
}
