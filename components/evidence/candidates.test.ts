import { expect, it } from 'vitest';
import { type Attempt, candidatesOf } from './candidates.ts';

const row = (reference: string, change = {}) => ({
  ...{ reference, asset: 'LTC', amount: '1.5', fee: '0.001', address: 'a@example.com', rawStatus: 'finished' },
  createdAt: '2026-11-24T01:00:00.000Z',
  ...change,
});
const kept = (id: string, body: Attempt['before']) => ({ id, kind: 'history', at: '2026-11-24T02:00:00.000Z', body });
const attempt = (evidence: readonly unknown[], more: { before?: Attempt['before']; taken?: string[] } = {}) =>
  ({ asset: 'LTC', amount: '1.5', before: null, taken: [], evidence, ...more }) as unknown as Attempt;

it('shows every row that fits, twins too, each once and as it was last seen', () => {
  const found = candidatesOf(
    attempt([
      kept('one', { ofAmount: [row('7', { rawStatus: 'pending' })] }),
      kept('two', { ofAmount: [row('8'), row('7')] }),
    ]),
  );
  expect(found.map(({ reference, status, evidenceId }) => [reference, status, evidenceId])).toEqual([
    ['7', 'finished', 'two'],
    ['8', 'finished', 'two'],
  ]);
});

it('leaves out what was there before, what is of another coin or amount, and what is another payment’s', () => {
  const rows = [
    row('7'),
    row('8', { amount: '1.4' }),
    row('9', { asset: 'DOGE' }),
    row('10', { amount: '1.50000000' }),
    row('11'),
  ];
  const found = candidatesOf(
    attempt([kept('one', { ofAmount: rows })], { before: { references: ['7'] }, taken: ['11'] }),
  );
  expect(found.map(({ reference }) => reference)).toEqual(['10']);
});

it('believes nothing about what was kept', () => {
  const odd = [null, 7, 'x', [], {}, { reference: '' }, { ofAmount: 'x' }];
  expect(candidatesOf(attempt(odd.map((body, no) => kept(`${no}`, body as Attempt['before']))))).toEqual([]);
});
