import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './paths.ts';

/**
 * The words of a script in package.json, so that commands run exactly what `npm run` runs. A leading `exec` is left out:
 * it takes the shell out of the way, which would keep a signal sent to npm for itself and leave the program running.
 */
export function wordsOfScript(name: string): [string, ...string[]] {
  const text = readFileSync(join(projectFolder, 'package.json'), 'utf8');
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(text);
  const [program, ...args] = (scripts[name] ?? '').replace(/^exec /, '').split(' ');
  if (!program) throw new Error(`package.json has no script "${name}"`);
  return [program, ...args];
}
