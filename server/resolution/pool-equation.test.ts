import { expect, test } from 'vitest';
import { Amount } from '#server/kernel/amount.ts';
import { shortOf } from './pool-equation.ts';

const ltc = (text: string): Amount => Amount.fromDecimal('LTC', text);
const level = (day: string, balance: string) => ({ cutAt: new Date(day), balance: ltc(balance) });
const span = (after: string) => ({
  before: level('2026-03-01', '100'),
  after: level('2026-03-02', after),
  mined: ltc('5'),
  paid: ltc('10.1'),
});

test.each([
  ['closes when what left is listed', '94.9', '0'],
  ['is short by a payment that left unlisted', '84.9', '10'],
  ['is not short when the pool took its fee out of the amount', '95', '-0.1'],
])('the pool’s books: %s', (_what, after, short) => {
  expect(shortOf(span(after)).toString()).toBe(short);
});
