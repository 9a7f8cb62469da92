import { appendFileSync, chownSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from './databases.ts';
import { launchPostgres } from './launch.ts';
import type { Places } from './places.ts';
import type { Postmaster } from './postmaster.ts';

const SLOT = 'standby';
const IN_STEP_WITHIN_MS = 30_000;
const PAUSE_MS = 50;
/** Of the primary alone: its process, its port, what it keeps for its own standbys, what every server makes for itself. */
const LEFT_OUT = /^(?:postmaster\.(?:pid|opts)|countersign\.port|pgsql_tmp.*|pg_internal\.init.*)$/;
const LEFT_EMPTY = ['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_subtrans'];

export interface Primary {
  readonly places: Places;
  /** Of its maintenance database, as the owner of the cluster. */
  readonly url: string;
  readonly durable: boolean;
  readonly logFile: string;
}

export interface Standby {
  readonly places: Places;
  readonly server: Postmaster;
}

function copyFiles(from: string, { cluster }: Places): void {
  rmSync(cluster, { recursive: true, force: true });
  const isLeftOut = (path: string) =>
    LEFT_OUT.test(basename(path)) || LEFT_EMPTY.some((name) => path.startsWith(`${join(from, name)}/`));
  cpSync(from, cluster, { recursive: true, filter: (path) => !isLeftOut(path) });
  for (const name of ['archive_status', 'summaries']) mkdirSync(join(cluster, 'pg_wal', name), { mode: 0o700 });
}

/** Postgres reads and changes what root has copied. */
function handOver({ cluster, account }: Places): void {
  if (!account) return;
  const all = readdirSync(cluster, { recursive: true, encoding: 'utf8' }).map((name) => join(cluster, name));
  for (const path of [cluster, ...all]) chownSync(path, account.uid, account.gid);
}

/** The copy of a server that goes on working is whole with this label, and with the log since the copy began. */
async function copyCluster({ places, url }: Primary, target: Places): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('select pg_create_physical_replication_slot($1, true)', [SLOT]);
    await client.query(`select pg_backup_start('standby', fast => true)`);
    copyFiles(places.cluster, target);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    writeFileSync(join(target.cluster, 'backup_label'), rows[0]?.labelfile ?? '');
  });
}

function follow({ url }: Primary, { cluster }: Places): void {
  const { hostname, port, username, password } = new URL(url);
  const primary = `host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}`;
  writeFileSync(join(cluster, 'standby.signal'), '');
  appendFileSync(
    join(cluster, 'postgresql.auto.conf'),
    `primary_conninfo = '${primary}'\nprimary_slot_name = '${SLOT}'\n`,
  );
}

/** From here on the primary says yes to a commit once the standby has it as well. */
async function keepInStep({ url }: Primary): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`alter system set synchronous_standby_names = '*'`);
    await client.query('select pg_reload_conf()');
    for (const until = Date.now() + IN_STEP_WITHIN_MS; Date.now() < until; await pause(PAUSE_MS)) {
      const { rowCount } = await client.query(`select 1 from pg_stat_replication where sync_state = 'sync'`);
      if (rowCount) return;
    }
    throw new Error('the standby did not catch up with its primary');
  });
}

/**
 * A second server that has every commit which the primary says yes to. Copied by hand, since the package that carries
 * Postgres has no `pg_basebackup`.
 */
export async function startStandby(primary: Primary): Promise<Standby> {
  const places = { ...primary.places, cluster: `${primary.places.cluster}-standby` };
  await copyCluster(primary, places);
  follow(primary, places);
  handOver(places);
  const server = await launchPostgres(places, { ...primary, logFile: `${primary.logFile}.standby` });
  await keepInStep(primary);
  return { places, server };
}

/** Ends its following: from here on it takes changes. */
export const promote = (url: string): Promise<unknown> =>
  withClient(url, (client) => client.query('select pg_promote(true, 30)'));
