import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { MeScreen } from '#components/me/me-screen.tsx';
import { Hydrate, prefetch, trpc } from '../../../_trpc/server.tsx';
import { signInFirst } from '../../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('me');
  return { title: t('title') };
}

export default async function MePage() {
  await signInFirst('/settings/me');
  await prefetch(
    trpc.secondFactor.state.queryOptions({}),
    trpc.delegations.mine.queryOptions({}),
    trpc.passkeys.list.queryOptions({}),
    trpc.sessions.list.queryOptions({}),
    trpc.sessions.history.queryOptions({}),
  );
  return (
    <ClientMessages namespaces={['me', 'secondFactor', 'delegations', 'shell']}>
      <Hydrate>
        <MeScreen />
      </Hydrate>
    </ClientMessages>
  );
}
