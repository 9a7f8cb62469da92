import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Namespace } from './app-config.ts';
import { WordsProvider } from './words.tsx';

/** What every screen may need in the browser: buttons, refusals, and the words of states. */
const EVERYWHERE = ['common', 'errors'] as const satisfies Namespace[];

interface ClientMessagesProps {
  readonly namespaces: readonly Namespace[];
  readonly children: ReactNode;
}

/** Sends the browser only the words this part of the page uses. */
export async function ClientMessages({ namespaces, children }: ClientMessagesProps) {
  const all = await getMessages();
  const wanted = new Set<string>([...EVERYWHERE, ...namespaces]);
  const messages = Object.fromEntries(Object.entries(all).filter(([namespace]) => wanted.has(namespace)));
  return <WordsProvider messages={messages}>{children}</WordsProvider>;
}
