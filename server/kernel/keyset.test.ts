import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from './ids.ts';
import { cappedTotal, fromCursor, toCursor } from './keyset.ts';
import { cursor } from './wire.ts';

const refusal = expect.objectContaining({ name: 'DomainError', code: 'input.invalid' });
const encoded = (value: unknown) => btoa(JSON.stringify(value));

test('a cursor keeps its microseconds', () => {
  const place = { at: '2026-03-01T12:00:00.123456Z', id: newId() };
  expect(fromCursor(toCursor(place))).toEqual(place);
});

test('a cursor fits what a list takes', () => {
  expect(cursor.parse(toCursor({ at: '2026-03-01T12:00:00.123456Z', id: newId() }))).toMatch(/^[A-Za-z0-9+/]+$/);
});

test('no cursor is the beginning', () => {
  expect(fromCursor(null)).toBeNull();
});

test.each([
  ['no base64', '%%%'],
  ['no JSON', btoa('nonsense')],
  ['nothing', ''],
  ['another shape', encoded({ at: '2026-03-01T12:00:00.123456Z' })],
  ['an instant without microseconds', encoded(['2026-03-01T12:00:00.123Z', newId()])],
  ['a day that does not exist', encoded(['2026-02-30T12:00:00.123456Z', newId()])],
  ['a year that Postgres does not know', encoded(['0000-03-01T12:00:00.123456Z', newId()])],
  ['an id that is none', encoded(['2026-03-01T12:00:00.123456Z', '1 or 1=1'])],
  ['a third member', encoded(['2026-03-01T12:00:00.123456Z', newId(), 1])],
])('%s is refused as input', (_what, text) => {
  expect(() => fromCursor(text)).toThrow(refusal);
});

/** Halves of characters too. Every character that there is, as `fc.string` draws it, takes seconds to prepare under load. */
const anyText = fc.uint16Array({ maxLength: 256 }).map((units) => String.fromCharCode(...units));

test('whatever text is sent, it is a cursor or refused as input', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(() => fromCursor(text)).toThrow(refusal);
    }),
  );
});

test('a total past the cap is a floor', () => {
  expect([cappedTotal(1_000), cappedTotal(1_001)]).toEqual([
    { count: 1_000, exact: true },
    { count: 1_000, exact: false },
  ]);
});
