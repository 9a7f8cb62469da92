import { expect, test } from 'vitest';
import { TailBuffer } from './tail-buffer.ts';

test('keeps the last lines and puts split ones together', () => {
  const tail = new TailBuffer(2);
  expect(tail.push('one\ntw')).toEqual(['one']);
  expect(tail.push('o\nthree\n')).toEqual(['two', 'three']);
  expect(tail.lines()).toEqual(['two', 'three']);
});

test('shows a last line without an end, within the same limit', () => {
  const tail = new TailBuffer(2);
  tail.push('one\ntwo\nhalf');
  expect(tail.lines()).toEqual(['two', 'half']);
});
