'use client';

import { createContext, type ReactNode, use } from 'react';
import type { Messages, Namespace } from './app-config.ts';
import { fill, findMessage, type MessageTree, messagesBelow } from './message-text.ts';

/** The paths to the messages of a namespace, such as `filters.q`. */
type PathsOf<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${PathsOf<Tree[Key]>}`;
}[keyof Tree & string];

export interface Words<Space extends Namespace> {
  (key: PathsOf<Messages[Space]>, values?: Readonly<Record<string, string | number>>): string;
  has(key: PathsOf<Messages[Space]>): boolean;
  /** Every text below a key, with its path from there. */
  below(key: keyof Messages[Space] & string): [path: string, text: string][];
}

const WordsContext = createContext<MessageTree>({});

interface WordsProviderProps {
  readonly messages: MessageTree;
  readonly children: ReactNode;
}

/** The browser's side of the translations. It fills in values and nothing more, so it needs no ICU parser there. */
export function WordsProvider({ messages, children }: WordsProviderProps) {
  return <WordsContext value={messages}>{children}</WordsContext>;
}

export function useTranslations<Space extends Namespace>(namespace: Space): Words<Space> {
  const messages = use(WordsContext);
  const find = (key: string) => findMessage(messages, `${namespace}.${key}`);
  const words = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
    fill(find(key) ?? `${namespace}.${key}`, values);
  return Object.assign(words, {
    has: (key: string) => find(key) !== undefined,
    below: (key: string) => messagesBelow(messages, `${namespace}.${key}`),
  });
}
