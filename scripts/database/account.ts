import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** Whom Postgres runs as. Absent: as whoever runs the command. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ['postgres', 'nobody'] as const;

function idOf(option: '-u' | '-g', name: string): number | undefined {
  try {
    return Number.parseInt(execFileSync('id', [option, name], { encoding: 'utf8', stdio: 'pipe' }), 10);
  } catch {
    return undefined;
  }
}

function ownerOf(folder: string): Account | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : undefined;
}

/** Postgres refuses to run as root: then it runs as the owner of its data, else as `postgres`, else as `nobody`. */
export function accountFor(clusterFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = ownerOf(clusterFolder);
  if (owner) return owner;
  for (const name of CANDIDATES) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error('Postgres does not run as root, and this system has neither a "postgres" nor a "nobody" account.');
}
