import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../paths.ts';
import { MUTANTS } from './mutants.ts';
import { mutated } from './run.ts';

describe('the planted bugs', () => {
  test('are at least twenty, each another one', () => {
    expect(new Set(MUTANTS.map(({ bug }) => bug)).size).toBe(MUTANTS.length);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(20);
  });

  test.each(MUTANTS.map((mutant) => [mutant.bug, mutant] as const))('%s: can still be planted', (_bug, mutant) => {
    const text = readFileSync(join(projectFolder, mutant.file), 'utf8');
    expect(mutated(text, mutant)).not.toBeNull();
    expect(mutated(text, mutant)).not.toBe(text);
    expect(mutant.tests.filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
  });
});
