import type { ReactNode } from 'react';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { KeyboardProvider } from '#components/keyboard/keyboard-provider.tsx';
import { ConsoleShell } from '#components/shell/console-shell.tsx';
import { MeProvider } from '#components/shell/me.tsx';
import { ApiProvider } from '#components/trpc/client.tsx';
import { AnnouncerProvider } from '#components/ui/announcer.tsx';
import { Hydrate, prefetch, trpc } from '../_trpc/server.tsx';
import { whoIsSignedIn } from '../_trpc/signed-in.ts';

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const me = await whoIsSignedIn();
  // The page knows its own address, so it is the page that sends to the sign-in.
  if (!me) return children;
  await prefetch(
    trpc.system.freezes.queryOptions({}),
    trpc.withdrawals.waiting.queryOptions({}),
    trpc.exceptions.counts.queryOptions({}),
    trpc.notifications.unread.queryOptions({}),
  );
  return (
    <ClientMessages namespaces={['shell', 'secondFactor']}>
      <ApiProvider>
        <MeProvider me={me}>
          <KeyboardProvider>
            <AnnouncerProvider>
              <Hydrate>
                <ConsoleShell>{children}</ConsoleShell>
              </Hydrate>
            </AnnouncerProvider>
          </KeyboardProvider>
        </MeProvider>
      </ApiProvider>
    </ClientMessages>
  );
}
