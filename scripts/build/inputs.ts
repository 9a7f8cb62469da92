import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const PATTERNS = [
  '{app,components,server,messages,public,migrations}/**/*',
  '{proxy,mikro-orm.config}.ts',
  '{next,postcss}.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const NO_INPUT = /\.(test|spec)\.tsx?$|^server\/(testing|simulators)\//;

/** One figure for everything a production build is made from: equal means that building again gives the same. */
export function hashOfInputs(folder: string): string {
  const hash = createHash('sha256');
  const paths = globSync(PATTERNS, { cwd: folder }).filter((path) => !NO_INPUT.test(path));
  for (const path of paths.sort()) {
    const file = join(folder, path);
    if (statSync(file).isFile()) hash.update(path).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** Where a build notes what it was made from. */
export const stampOf = (folder: string) => join(folder, '.next', 'countersign-inputs');

/** Whether `.next` holds a finished build of exactly these inputs. */
export function isBuilt(folder: string, hash: string): boolean {
  const stamp = stampOf(folder);
  const isFinished = existsSync(join(folder, '.next', 'BUILD_ID'));
  return isFinished && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}
