import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Places } from './places.ts';

export const CLUSTER_OWNER = 'countersign';

/** Makes the cluster unless it is there. It appears complete or not at all. */
export async function initialiseCluster(places: Places, password: string): Promise<void> {
  const { cluster, account, native } = places;
  if (existsSync(join(cluster, 'PG_VERSION'))) return;
  const unfinished = `${cluster}.new`;
  const passwordFile = `${cluster}.pw`;
  for (const path of [unfinished, passwordFile, cluster]) rmSync(path, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) for (const path of [unfinished, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    await promisify(execFile)(
      join(native, 'bin', 'initdb'),
      [
        `--pgdata=${unfinished}`,
        `--pwfile=${passwordFile}`,
        `--username=${CLUSTER_OWNER}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...account, cwd: dirname(cluster) },
    );
    renameSync(unfinished, cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw new Error(`Postgres could not set up its data folder: ${said ?? String(error)}`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
