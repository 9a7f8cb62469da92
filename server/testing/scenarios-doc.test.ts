import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(project, path), 'utf8');
const numbers = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].flatMap(([, named = '']) => named.match(/\d+/g) ?? []).map(Number);

const page = read('docs/SCENARIOS.md');

test('docs/SCENARIOS.md tells each scenario that a test names, and no other', () => {
  const tests = globSync('{server,components,scripts,e2e}/**/*.{test,spec}.ts', { cwd: project });
  const named = tests.flatMap((path) => numbers(read(path), /'scenarios? (\d+(?:(?:, | and )\d+)*):/g));
  const told = numbers(page, /^\| (\d+) \|/gm);
  expect([...new Set(told)]).toHaveLength(told.length);
  expect(told.toSorted(byNumber)).toEqual([...new Set(named)].toSorted(byNumber));
});

const ROW = /\b[WA]\d{1,2}[a-z]?\b/g;
const states = new Set(read('docs/STATES.md').match(ROW));
const code = globSync('server/**/*.ts', { cwd: project })
  .filter((path) => !/\.(test|spec)\.ts$|^server\/(testing|simulators)\//.test(path))
  .map(read)
  .join('\n');

test('it has each rule that the code names', () => {
  const cited = numbers(code, /[Rr]ules? ((?:M\d(?:, )?)+)/g);
  expect(cited).not.toHaveLength(0);
  expect(numbers(page, /^\| M(\d) \|/gm)).toEqual(expect.arrayContaining(cited));
});

test.each([
  ['it', page],
  ['the code', code],
])('%s names no row that is not in docs/STATES.md', (_who, text) => {
  const named = text.match(ROW) ?? [];
  expect(named).not.toHaveLength(0);
  expect(named.filter((row) => !states.has(row))).toEqual([]);
});

const byNumber = (one: number, other: number) => one - other;
