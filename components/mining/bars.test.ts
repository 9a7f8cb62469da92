import { expect, it } from 'vitest';
import { barsOf, lastDays } from './bars.ts';

it('a bar is as high as its share of the largest', () => {
  const bars = barsOf([
    { date: '2026-11-01', total: '0.5' },
    { date: '2026-11-02', total: '2' },
    { date: '2026-11-03', total: null },
  ]);
  expect(bars.map(({ height, top }) => [height, top])).toEqual([
    ['250', '750'],
    ['1000', '0'],
    ['0', '1000'],
  ]);
});

it('days without any profit draw nothing', () => {
  expect(barsOf([{ date: '2026-11-01', total: '0' }])[0]?.height).toBe('0');
});

it('a day without a figure leaves a gap', () => {
  const rows = [
    { date: '2026-11-30', total: '1' },
    { date: '2026-12-02', total: '3' },
  ];
  expect(lastDays(rows, 4)).toEqual([
    { date: '2026-11-29', total: null },
    { date: '2026-11-30', total: '1' },
    { date: '2026-12-01', total: null },
    { date: '2026-12-02', total: '3' },
  ]);
  expect(lastDays([], 4)).toEqual([]);
});
