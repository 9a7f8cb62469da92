import { expect, test } from 'vitest';
import { appRouter } from '../trpc/root.ts';
import { SURFACE } from './surface.ts';

type Declared = Readonly<
  Record<string, { _def: { type: 'query' | 'mutation'; meta?: { access?: { scope?: string } } } }>
>;

test('the client has every procedure that an API key may call, and no other', () => {
  const procedures = Object.entries(appRouter._def.procedures as unknown as Declared);
  const forKeys = procedures.filter(([, { _def }]) => _def.meta?.access?.scope !== undefined);
  const expected = forKeys.map(([path, { _def }]) => [path, _def.type === 'query' ? 'query' : 'mutate'].join(' '));
  const found = Object.entries(SURFACE).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, how]) => `${noun}.${verb} ${how}`),
  );
  expect(found.toSorted()).toEqual(expected.toSorted());
});
