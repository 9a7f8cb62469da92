import { expect, test } from 'vitest';
import { newId } from './ids.ts';
import { pageInMemory } from './memory-page.ts';

const AT = '2026-03-01T12:00:00.000Z';
const at = () => AT;
const rows = (count: number) => Array.from({ length: count }, () => ({ id: newId() }));

test('a cursor goes on below its row, even when the row itself has left the list', () => {
  const all = rows(4);
  const { rows: shown, nextCursor } = pageInMemory(all, at, { cursor: null, limit: 2 });
  const last = shown[1];
  const remaining = all.filter((row) => row !== last);
  const rest = pageInMemory(remaining, at, { cursor: nextCursor, limit: 2 });
  expect(rest.rows).toEqual([all[1], all[0]]);
  expect(rest.nextCursor).toBeNull();
});
