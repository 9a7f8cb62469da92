import { expect, it } from 'vitest';
import { MinuteBound } from './minute-bound.ts';

it('counts each key by itself, and anew in the next minute', () => {
  const bound = new MinuteBound();
  expect([bound.count('a', 0), bound.count('a', 10), bound.count('b', 59_999)]).toEqual([1, 2, 1]);
  expect([bound.count('a', 60_000), bound.count('b', 60_001)]).toEqual([1, 1]);
});
