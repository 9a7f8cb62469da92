import { describe, expect, test } from 'vitest';
import { unknownFields } from './drift.ts';
import { JsonNumber, parseJson, rawJsonNumber } from './lossless-json.ts';
import { canonicalDecimal, plainDecimal, sameDecimal } from './plain-decimal.ts';
import { decimalText, wholeNumber } from './wire-schemas.ts';

describe('JSON', () => {
  test('keeps every digit of its numbers', () => {
    const parsed = parseJson('{"amount":8348.600000000000000001,"rows":[1e-18]}');
    expect(parsed).toEqual({ amount: new JsonNumber('8348.600000000000000001'), rows: [new JsonNumber('1e-18')] });
  });

  test('writes a decimal as a number without changing a digit', () => {
    expect(JSON.stringify({ fee: rawJsonNumber('0.000000000000000123') })).toBe('{"fee":0.000000000000000123}');
  });
});

describe('a decimal', () => {
  test.each([
    ['100.0', '100.0'],
    ['1e-7', '0.0000001'],
    ['1.5E+3', '1500'],
    ['12.345e1', '123.45'],
    ['-2.5e-1', '-0.25'],
    ['0.5e1', '5'],
  ])('%s is read as %s', (text, plain) => {
    expect(plainDecimal(text)).toBe(plain);
  });

  test.each(['', '1,5', '0x10', 'NaN', '+1', '.5', '1.', ' 1', '1e999', '9'.repeat(100)])('%j is none', (text) => {
    expect(plainDecimal(text)).toBeNull();
  });

  test('is the same however it is written', () => {
    expect(sameDecimal('100', '100.0')).toBe(true);
    expect(sameDecimal('0100.10', '100.1')).toBe(true);
    expect(sameDecimal('-0', '0')).toBe(true);
    expect(sameDecimal('100', '1000')).toBe(false);
    expect(sameDecimal('0.000000000000000001', '0')).toBe(false);
    expect(canonicalDecimal('00.5000')).toBe('0.5');
  });

  test('may come as text or as a number, and nothing else', () => {
    expect(decimalText.parse('1.50')).toBe('1.50');
    expect(decimalText.parse(new JsonNumber('0.1'))).toBe('0.1');
    for (const wrong of [null, true, {}, [], 'abc', 1.5]) expect(decimalText.safeParse(wrong).success).toBe(false);
  });
});

test('a count is whole', () => {
  expect(wholeNumber.parse(new JsonNumber('1755216000000'))).toBe(1755216000000);
  for (const wrong of ['1.5', '-1', '01', '1e3']) expect(wholeNumber.safeParse(wrong).success).toBe(false);
});

test('fields that a schema dropped are named once, wherever they are', () => {
  const raw = {
    a: 1,
    memo: 2,
    rows: [
      { id: 1, memo: 2 },
      { id: 2, memo: 3 },
    ],
    map: { LTC: { total: 1, extra: 2 } },
  };
  const parsed = { a: 1, rows: [{ id: 1 }, { id: 2 }], map: { LTC: { total: 1 } } };
  expect(unknownFields(raw, parsed)).toEqual(['memo', 'rows[].memo', 'map.LTC.extra']);
});
