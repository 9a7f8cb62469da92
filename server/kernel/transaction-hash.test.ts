import { expect, test } from 'vitest';
import { canonicalTransaction } from './transaction-hash.ts';

const DIGITS = 'aB'.repeat(32);

test.each([DIGITS, DIGITS.toUpperCase(), `0x${DIGITS}`, `0X${DIGITS.toUpperCase()}`, `0x${DIGITS.toLowerCase()}`])(
  '%s is one transaction',
  (text) => {
    expect(canonicalTransaction(text)).toBe(`0x${'ab'.repeat(32)}`);
  },
);

test.each(['wd-1', '', `0x${DIGITS}0`, `1x${DIGITS}`, DIGITS.slice(1)])('%j is none and stays as it is', (text) => {
  expect(canonicalTransaction(text)).toBe(text);
});
