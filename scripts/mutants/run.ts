import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { projectFolder } from '../paths.ts';
import { run, tool } from '../processes/run.ts';
import type { Mutant } from './mutant.ts';

export interface Verdict {
  readonly mutant: Mutant;
  /** `survived`: the tests passed although the bug was in; that is the finding. `broken`: no test ran. */
  readonly verdict: 'caught' | 'survived' | 'stale' | 'broken';
  readonly seconds: number;
}

/** The file with the bug in it, or null when what it replaces does not stand there exactly once. */
export function mutated(text: string, { find, replace }: Mutant): string | null {
  return text.split(find).length === 2 ? text.replace(find, () => replace) : null;
}

/** A copy of the checkout's own files, so that a planted bug can never be left behind in it. */
export function copyCheckout(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: projectFolder,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(projectFolder, file), join(folder, file));
  }
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
}

/** Only a test that ran and failed has caught something: a runner that could not start has not. */
function verdictOf(tail: readonly string[]): Verdict['verdict'] {
  const closing = tail.map(stripVTControlCharacters).find((line) => /^\s*Tests\s/.test(line)) ?? '';
  if (/\d failed/.test(closing)) return 'caught';
  return /\d passed/.test(closing) ? 'survived' : 'broken';
}

/** Plants one bug in the copy, runs the tests that must see it, and takes it out again. */
export async function tryMutant(folder: string, mutant: Mutant): Promise<Verdict> {
  const started = performance.now();
  const file = join(folder, mutant.file);
  const whole = readFileSync(file, 'utf8');
  const broken = mutated(whole, mutant);
  const seconds = () => Math.round((performance.now() - started) / 1000);
  if (broken === null) return { mutant, verdict: 'stale', seconds: seconds() };
  writeFileSync(file, broken);
  try {
    const args = [tool('vitest'), 'run', ...mutant.tests, '--bail', '1', '--silent'];
    const { tail } = await run(args, { quiet: true, cwd: folder });
    return { mutant, verdict: verdictOf(tail), seconds: seconds() };
  } finally {
    writeFileSync(file, whole);
  }
}
