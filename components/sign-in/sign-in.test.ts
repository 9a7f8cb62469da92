import { expect, it } from 'vitest';
import { safeNextPath } from './sign-in.ts';

it.each([
  ['/withdrawals?id=1', '/withdrawals?id=1'],
  [undefined, '/'],
  ['https://example.com', '/'],
  ['//example.com', '/'],
  ['/\\example.com', '/'],
])('after signing in, next=%j leads to %s', (next, path) => {
  expect(safeNextPath(next)).toBe(path);
});
