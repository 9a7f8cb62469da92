import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDecimal } from '#server/testing/decimals.ts';
import { figure, sized } from '../../scripts/prove/size.ts';
import { Amount } from './amount.ts';
import { amountText } from './wire.ts';

const AMOUNTS = sized(2_000, 100_000);

const ltc = (text: string) => Amount.parse('LTC', text);

describe('an amount as text', () => {
  test('any decimal up to 10^18 with 18 places comes back digit by digit', () => {
    fc.assert(
      fc.property(anyDecimal(), (text) => {
        expect(ltc(text).toString()).toBe(text);
        expect(Amount.fromDecimal('LTC', text).toString()).toBe(text);
        expect(JSON.parse(JSON.stringify({ amount: ltc(text) }))).toEqual({ amount: text });
        expect(amountText.parse(text)).toBe(text);
      }),
      { numRuns: AMOUNTS },
    );
    figure(`${AMOUNTS} amounts from text to Amount to JSON and back: 0 digits changed`);
  });

  test('sums and differences lose no digit', () => {
    fc.assert(
      fc.property(anyDecimal(), anyDecimal(), (a, b) => {
        expect(ltc(a).plus(ltc(b)).minus(ltc(b)).toString()).toBe(a);
        expect(ltc(a).minus(ltc(a)).isZero()).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('what a JS number gets wrong is right', () => {
    expect(ltc('8348.6').minus(ltc('651.4')).toString()).toBe('7697.2');
    expect(ltc('0.1').plus(ltc('0.2')).toString()).toBe('0.3');
    expect(ltc('999999999999999999.999999999999999999').scale).toBe(18);
  });

  test.each([
    ['an exponent', '1e5'],
    ['a plus sign', '+1'],
    ['a minus sign', '-1'],
    ['19 decimals', '0.1234567890123456789'],
    ['21 digits before the point', '1'.repeat(21)],
    ['a leading zero', '01'],
    ['a trailing zero', '1.50'],
    ['a point and no decimals', '1.'],
    ['no digit before the point', '.5'],
    ['a zero with decimals', '0.0'],
    ['a comma', '1,5'],
    ['white space', ' 1'],
    ['a line break at the end', '1\n'],
    ['nothing', ''],
    ['a word', 'NaN'],
    ['another alphabet', '１'],
    ['hexadecimal', '0x10'],
  ])('%s is refused', (_what, text) => {
    expect(() => ltc(text)).toThrow(RangeError);
    expect(amountText.safeParse(text).success).toBe(false);
  });

  test('a JS number is refused, whoever lets it through', () => {
    const float: unknown = 0.1;
    expect(() => Amount.parse('LTC', float as string)).toThrow(RangeError);
    expect(() => Amount.fromDecimal('LTC', float as string)).toThrow(RangeError);
    expect(amountText.safeParse(float).success).toBe(false);
  });
});

describe('a decimal of a column or a provider', () => {
  test('zeros at both ends are taken off', () => {
    expect(Amount.fromDecimal('LTC', '000100.500000000000000000').toString()).toBe('100.5');
    expect(Amount.fromDecimal('LTC', '-0.000').toString()).toBe('0');
  });

  test('a sign is kept', () => {
    expect(Amount.fromDecimal('LTC', '-0.5').toString()).toBe('-0.5');
  });

  test.each(['1e-7', '0.1234567890123456789', '', '1.', '--1', 'Infinity'])('%j is refused', (text) => {
    expect(() => Amount.fromDecimal('LTC', text)).toThrow(RangeError);
  });
});

describe('amounts together', () => {
  test('two assets never mix', () => {
    const doge = Amount.parse('DOGE', '1');
    expect(() => ltc('1').plus(doge)).toThrow(TypeError);
    expect(() => ltc('1').minus(doge)).toThrow(TypeError);
    expect(() => ltc('1').isLessThan(doge)).toThrow(TypeError);
    expect(() => Amount.sum('LTC', [ltc('1'), doge])).toThrow(TypeError);
    expect(ltc('1').equals(doge)).toBe(false);
  });

  test('what does not fit numeric(38,18) is refused, not cut', () => {
    const most = ltc('99999999999999999999.999999999999999999');
    const least = ltc('0.000000000000000001');
    expect(() => most.plus(least)).toThrow(RangeError);
    expect(() => most.negated().minus(least)).toThrow(RangeError);
  });

  test('they compare by value', () => {
    expect(ltc('2').isLessThan(ltc('10'))).toBe(true);
    expect(ltc('10').isLessThan(ltc('10'))).toBe(false);
    expect(ltc('10').equals(Amount.fromDecimal('LTC', '10.0'))).toBe(true);
    expect([ltc('1').isPositive(), ltc('1').negated().isNegative(), Amount.zero('LTC').isZero()]).toEqual([
      true,
      true,
      true,
    ]);
  });
});
