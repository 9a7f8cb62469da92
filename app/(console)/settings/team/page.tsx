import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { TeamScreen } from '#components/team/team-screen.tsx';
import { Hydrate, prefetch, trpc } from '../../../_trpc/server.tsx';
import { signInFirst } from '../../../_trpc/signed-in.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('team');
  return { title: t('title') };
}

export default async function TeamPage() {
  await signInFirst('/settings/team');
  await prefetch(trpc.operators.list.queryOptions({}), trpc.delegations.current.queryOptions({}));
  return (
    <ClientMessages namespaces={['team', 'shell', 'delegations']}>
      <Hydrate>
        <TeamScreen />
      </Hydrate>
    </ClientMessages>
  );
}
