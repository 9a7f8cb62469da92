import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { AcceptInvitation } from '#components/team/accept-invitation.tsx';
import { ApiProvider } from '#components/trpc/client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('team');
  return { title: t('accept.title') };
}

/** Where an invitation's link leads. The token stays in the browser's address, behind `#`. */
export default function InvitationPage() {
  return (
    <ClientMessages namespaces={['team', 'shell']}>
      <ApiProvider>
        <main className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
          <p className="font-semibold text-xl">Countersign</p>
          <AcceptInvitation />
        </main>
      </ApiProvider>
    </ClientMessages>
  );
}
