import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, accountFor } from './account.ts';
import { copyNative, packagedNative } from './binaries.ts';
import { canReach } from './reach.ts';

export interface Places {
  readonly account: Account | undefined;
  /** Postgres' own data folder. */
  readonly cluster: string;
  /** `bin`, `lib` and `share` of Postgres. */
  readonly native: string;
  /** What the user should know, if the folders are not where one expects them. */
  readonly note: string | undefined;
}

const EVERYBODY_ENTERS = 0o755;

/** A folder that others may enter and only root may change; refuses one that somebody else put there. */
function openFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: EVERYBODY_ENTERS });
  const stat = lstatSync(path);
  if (!stat.isDirectory() || stat.uid !== 0) throw new Error(`${path} is not ours: remove it.`);
  chmodSync(path, EVERYBODY_ENTERS);
  return path;
}

function temporaryFolder(dataFolder: string, account: Account): string {
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => existsSync(folder) && canReach(folder, account));
  if (!parent) throw new Error('Postgres does not run as root, and its account can enter no temporary folder.');
  const mark = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  return openFolder(join(parent, `countersign-${mark}`));
}

/**
 * Where the cluster called `name` lives. Started by root, Postgres runs as another account; if that one cannot enter
 * the checkout (a parent with mode 700), data and binaries both go to a folder under the system's temporary one.
 */
export function placesFor(dataFolder: string, name: string): Places {
  const native = packagedNative();
  const cluster = join(dataFolder, name);
  const account = accountFor(cluster);
  if (!account) return { account, cluster, native, note: undefined };
  const inside = [dataFolder, join(native, 'bin'), join(native, 'lib'), join(native, 'share')];
  if (inside.every((folder) => canReach(folder, account))) return { account, cluster, native, note: undefined };
  const folder = temporaryFolder(dataFolder, account);
  return {
    account,
    cluster: join(folder, name),
    native: copyNative(native, folder),
    note: `Postgres does not run as root and cannot enter this folder as another account: its data is in ${folder}.`,
  };
}
