import { rmSync } from 'node:fs';
import { dataFolder } from '../paths.ts';
import { openCluster, type RunningCluster } from './cluster.ts';
import { ensureDatabase } from './databases.ts';
import { placesFor } from './places.ts';
import { runningPostmaster, stopPostmaster } from './postmaster.ts';

export interface OpenedDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

export interface OpenOptions {
  /** `app` keeps its data through a power cut, `test` is a faster server of its own. */
  readonly server?: 'app' | 'test';
  readonly dataFolder?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const CLUSTERS = { app: { name: 'postgres', durable: true }, test: { name: 'postgres-test', durable: false } } as const;

const shared = new Map<string, { users: number; cluster: Promise<RunningCluster> }>();

/** One membership per process, however many databases it opens on the same server. */
async function shareCluster(options: Parameters<typeof openCluster>[0]): Promise<OpenedDatabase> {
  const key = `${options.dataFolder}/${options.name}`;
  const entry = shared.get(key) ?? { users: 0, cluster: openCluster(options) };
  shared.set(key, entry);
  entry.users += 1;
  const cluster = await entry.cluster.catch((error: unknown) => {
    shared.delete(key);
    throw error;
  });
  let left = false;
  const stop = async () => {
    if (left) return;
    left = true;
    entry.users -= 1;
    if (entry.users > 0) return;
    shared.delete(key);
    await cluster.stop();
  };
  return { url: cluster.url, stop };
}

function givenUrl(env: OpenOptions['env']): string | undefined {
  const url = (env ?? process.env)['DATABASE_URL']?.trim();
  return url === '' ? undefined : url;
}

/**
 * A database of this name, made if missing: beside the one that `DATABASE_URL` names, with its credentials; else on the
 * embedded Postgres, which is started if it does not run. `stop` ends the latter once no other command uses it.
 */
export async function openDatabase(name: string, options: OpenOptions = {}): Promise<OpenedDatabase> {
  const given = givenUrl(options.env);
  if (given !== undefined) return { url: await ensureDatabase(given, name), stop: () => Promise.resolve() };
  const cluster = await shareCluster({
    dataFolder: options.dataFolder ?? dataFolder,
    ...CLUSTERS[options.server ?? 'app'],
  });
  try {
    return { url: await ensureDatabase(cluster.url, name), stop: cluster.stop };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** The database of the product itself: exactly what `DATABASE_URL` names, else the embedded one. */
export async function openAppDatabase(options: OpenOptions = {}): Promise<OpenedDatabase> {
  const given = givenUrl(options.env);
  return given === undefined ? openDatabase('countersign', options) : { url: given, stop: () => Promise.resolve() };
}

/** Removes the embedded database of a folder with all that is in it. Somebody else's server is not ours to empty. */
export async function forgetAppDatabase(folder: string): Promise<void> {
  if (givenUrl(undefined)) throw new Error('DATABASE_URL names a database that is not the demo’s own: unset it first.');
  const { cluster } = placesFor(folder, CLUSTERS.app.name);
  // A start that was killed in the middle leaves its server behind.
  const left = runningPostmaster(cluster);
  if (left) await stopPostmaster(cluster, left.pid);
  rmSync(cluster, { recursive: true, force: true });
}
