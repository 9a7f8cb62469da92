import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import en from '#messages/en.json';

const texts = (tree: unknown): string[] =>
  typeof tree === 'string' ? [tree] : Object.values(tree as Record<string, unknown>).flatMap(texts);

test('what the operations page tells people to look for and press is written so on the screens', () => {
  const screens = texts(en).join('\n').toLowerCase();
  const page = readFileSync(new URL('../../docs/OPERATIONS.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/(?<![*\w])\*([^*]+)\*(?!\*)/g)].map(([, words = '']) => words.replace(/\s+/g, ' '));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((words) => !screens.includes(words.toLowerCase()))).toEqual([]);
});
