import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../paths.ts';
import { ROWS } from './rows.ts';

test('docs/CHAOS.md lists every promise that can be measured, and no other', () => {
  const page = readFileSync(join(projectFolder, 'docs', 'CHAOS.md'), 'utf8');
  const listed = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, no]) => Number(no));
  const measured = ROWS.map(({ no }) => no).sort((one, other) => one - other);
  expect(listed).toEqual(measured);
});
