import { describe, expect, it } from 'vitest';
import { decimalsOf, formatAmount, readTypedAmount, splitAmount } from './amount-text.ts';

describe('an amount on the screen', () => {
  it('keeps every digit and adds none', () => {
    expect(formatAmount('0')).toBe('0');
    expect(formatAmount('14805.89117916')).toBe('14,805.89117916');
    expect(formatAmount('99999999999999999999.123456789012345678')).toBe(
      '99,999,999,999,999,999,999.123456789012345678',
    );
    expect(formatAmount('1000')).toBe('1,000');
    expect(formatAmount('0.1')).toBe('0.1');
  });

  it('shows the sign of what is below zero', () => {
    expect(splitAmount('-1234.5')).toEqual({ sign: '−', whole: '1,234', fraction: '.5' });
  });

  it('lines a column up on its longest fraction', () => {
    expect(decimalsOf(['1', '0.25', '3.12345678', null])).toBe(8);
    expect(decimalsOf([])).toBe(0);
  });
});

describe('a typed amount', () => {
  it('becomes the one spelling the wire knows', () => {
    expect(readTypedAmount(' 1,000.50 ', 8)).toEqual({ text: '1000.5' });
    expect(readTypedAmount('007', 8)).toEqual({ text: '7' });
    expect(readTypedAmount('0.10', 1)).toEqual({ text: '0.1' });
    expect(readTypedAmount('5.', 0)).toEqual({ text: '5' });
  });

  it.each([
    ['1,000', '1000'],
    ['12,345.6', '12345.6'],
    ['1,234,567', '1234567'],
    ['999,999.00000001', '999999.00000001'],
  ])('%j has its thousands grouped', (typed, text) => {
    expect(readTypedAmount(typed, 8)).toEqual({ text });
  });

  it.each([
    ...['1,00', '0,5', '12,5', '1.000,5', '1,0000', ',5', '1,,000', '1,000,', '1000,000', '0,500', '1,00,000'],
    ...['1.5,000', '1 000', "1'000"],
  ])('%j is refused rather than read without its separator', (typed) => {
    expect(readTypedAmount(typed, 8)).toEqual({ problem: 'malformed' });
  });

  it.each([
    ['', 'empty'],
    ['0.000', 'zero'],
    ['1e5', 'malformed'],
    ['-1', 'malformed'],
    ['１２', 'malformed'],
    ['0.123456789', 'too_precise'],
    ['123456789012345678901', 'too_large'],
  ])('%j is refused as %s', (typed, problem) => {
    expect(readTypedAmount(typed, 8)).toEqual({ problem });
  });
});
