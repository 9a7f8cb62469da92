import { expect, test } from 'vitest';
import { instantText } from './instant-text.ts';

test.each([
  ['2026-11-24 00:05:08+00', '2026-11-24T00:05:08.000Z'],
  ['2026-11-24 00:05:08.5+00', '2026-11-24T00:05:08.500Z'],
  ['2026-11-24 00:05:08.123987+00', '2026-11-24T00:05:08.123Z'],
  ['2026-11-24T00:05:08.12+00:00', '2026-11-24T00:05:08.120Z'],
  ['2026-11-24 09:05:08.123+09', '2026-11-24T00:05:08.123Z'],
  ['2026-11-24 05:35:08.123+05:30', '2026-11-24T00:05:08.123Z'],
])('%s on the wire is %s, to the millisecond', (text, wire) => {
  expect(instantText(text)).toBe(wire);
  expect(instantText(text)).toBe(new Date(text).toISOString());
});

test('an instant that the driver has read already', () => {
  expect(instantText(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
});

test('what is no instant is refused', () => {
  expect(() => instantText('yesterday')).toThrow(RangeError);
});
