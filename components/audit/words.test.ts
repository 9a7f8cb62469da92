import { expect, it } from 'vitest';
import ko from '#messages/ko.json';
import { appRouter } from '#server/trpc/root.ts';

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = ko.audit.action;

it('whatever can be tried has a name that people use', () => {
  const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, { _def: { type: string } }>>;
  const mutations = Object.entries(procedures)
    .filter(([, { _def }]) => _def.type === 'mutation')
    .map(([path]) => path);
  const nameless = mutations.filter((path) => {
    const [noun = '', verb = ''] = path.split('.');
    return !words[noun]?.[verb];
  });
  expect(mutations.length).toBeGreaterThan(50);
  expect(nameless).toEqual([]);
});
