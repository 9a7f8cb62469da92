import { expect, it } from 'vitest';
import { findMessage } from '#components/i18n/message-text.ts';
import en from '#messages/en.json';
import ko from '#messages/ko.json';
import { appRouter } from '#server/trpc/root.ts';

type Declared = Readonly<Record<string, { _def: { meta?: { access?: { stepUp?: boolean } } } }>>;

it('whatever takes the second factor says in words what it is taken for', () => {
  const paths = Object.entries(appRouter._def.procedures as unknown as Declared)
    .filter(([, { _def }]) => _def.meta?.access?.stepUp)
    .map(([path]) => path);
  expect(paths.length).toBeGreaterThan(20);
  const isSaid = (path: string, words: typeof ko | typeof en) => findMessage(words, `secondFactor.action.${path}`);
  expect(paths.filter((path) => !isSaid(path, ko) || !isSaid(path, en))).toEqual([]);
});
