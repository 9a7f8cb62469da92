import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { ClientMessages } from '#components/i18n/client-messages.tsx';
import { KeyboardProvider } from '#components/keyboard/keyboard-provider.tsx';
import { ConsoleShell } from '#components/shell/console-shell.tsx';
import { MeProvider } from '#components/shell/me.tsx';
import { ApiProvider } from '#components/trpc/client.tsx';
import { AnnouncerProvider } from '#components/ui/announcer.tsx';
import type { MeView } from '#server/operators/contract.ts';
import { Hydrate, prefetch, read, trpc } from '../_trpc/server.tsx';

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const me = await signedIn();
  await prefetch(trpc.withdrawals.waiting.queryOptions({}));
  return (
    <ClientMessages namespaces={['shell']}>
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

/** A courtesy, not a guard: every procedure decides for itself who may read what. */
async function signedIn(): Promise<MeView> {
  try {
    return await read(trpc.operators.me.queryOptions({}));
  } catch (error) {
    if (isUnauthorized(error)) redirect('/sign-in');
    throw error;
  }
}

const isUnauthorized = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'UNAUTHORIZED';
