import { stripVTControlCharacters } from 'node:util';
import { run, tool } from '../processes/run.ts';
import type { Measured } from './stage.ts';

/** Runs these test files with all they can do; what they measured are the lines that begin with FIGURE. */
export async function testsProve(...files: readonly string[]): Promise<Measured> {
  const args = [tool('vitest'), 'run', ...files, '--reporter=default', '--disable-console-intercept'];
  const { code, tail } = await run(args, { env: { PROVE: 'full' }, quiet: true });
  const lines = tail.map((line) => stripVTControlCharacters(line).trim());
  const said = lines.filter((line) => /^FIGURE |^Tests /.test(line)).map((line) => line.replace(/^FIGURE /, ''));
  return { holds: code === 0, figures: code === 0 ? said : lines };
}
