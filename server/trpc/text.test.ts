import { expect, test } from 'vitest';
import { refuseBrokenText } from './text.ts';

test.each([['a\0b'], ['\ud800'], ['x\udc00y']])('refuses %j wherever it stands', (text) => {
  for (const input of [text, [text], { a: { b: [{ c: text }] } }]) expect(() => refuseBrokenText(input)).toThrow('NUL');
});

test.each([undefined, null, 1, true, '', 'plain', '한글 🙂', { a: [1, 'b', null] }])('lets %j pass', (input) => {
  expect(() => refuseBrokenText(input)).not.toThrow();
});

test('is not exhausted by depth', () => {
  let deep: unknown = '\0';
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(() => refuseBrokenText(deep)).toThrow('NUL');
});
