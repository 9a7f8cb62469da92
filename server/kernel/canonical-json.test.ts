import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type Json } from './canonical-json.ts';

test('keys are sorted at every depth and there is no white space', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x', A: true })).toBe('{"A":true,"a":"x","b":[{"c":null,"d":1}]}');
});

test('the order in which an object was written does not matter', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(turned as Json)).toBe(canonicalJson(value as Json));
    }),
  );
});

test('it is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('other values give other text: a list is not an object, a number not its text', () => {
  const values: Json[] = [['1'], [1], { 0: '1' }, '1', 1, null, 'null', [], {}];
  const texts = values.map(canonicalJson);
  expect(new Set(texts).size).toBe(texts.length);
});
