import { afterEach, expect, test, vi } from 'vitest';
import { stopwatch } from './stopwatch.ts';

afterEach(() => vi.restoreAllMocks());

test.each([
  ['the monotonic clock stood still', 0, 7_000],
  ['the wall’s clock was set back', 7_000, -60_000],
  ['both agree', 7_000, 7_000],
])('tells the time that passed when %s', (_what, counted, told) => {
  const [monotonic, wall] = [vi.spyOn(performance, 'now'), vi.spyOn(Date, 'now')];
  monotonic.mockReturnValue(1_000);
  wall.mockReturnValue(1_000_000);
  const elapsedMs = stopwatch();
  monotonic.mockReturnValue(1_000 + counted);
  wall.mockReturnValue(1_000_000 + told);
  expect(elapsedMs()).toBe(7_000);
});
