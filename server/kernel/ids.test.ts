import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('an id is a UUIDv7', () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('ids sort by the order they were made in, even within one millisecond, and none comes twice', () => {
  const made = Array.from({ length: 10_000 }, newId);
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test('an id tells when it was made', () => {
  const before = Date.now();
  const stamped = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
  expect(stamped).toBeGreaterThanOrEqual(before - 1);
  expect(stamped).toBeLessThanOrEqual(Date.now() + 1);
});
