import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onShutdown } from '../processes/shutdown.ts';
import { withClient } from './databases.ts';
import { Drills, type Serving } from './drills.ts';
import { CLUSTER_OWNER, initialiseCluster } from './initialise.ts';
import { launchPostgres, untilReady } from './launch.ts';
import { passwordIn } from './password.ts';
import { type Places, placesFor } from './places.ts';
import { type Postmaster, runningPostmaster, stopPostmaster } from './postmaster.ts';
import { withStartLock } from './start-lock.ts';
import { ClusterUsers } from './users.ts';

export interface ClusterOptions {
  readonly dataFolder: string;
  /** Name of the cluster's folder below the data folder. */
  readonly name: string;
  /** False: faster, and lost when the machine loses power. */
  readonly durable: boolean;
}

export interface RunningCluster {
  /** Address of the maintenance database. */
  readonly url: string;
  readonly drills: Drills;
  stop(): Promise<void>;
}

interface Files {
  readonly password: string;
  readonly lock: string;
  readonly users: string;
  readonly log: string;
}

function filesOf({ dataFolder, name }: ClusterOptions): Files {
  const beside = (suffix: string) => join(dataFolder, `${name}.${suffix}`);
  return {
    password: beside('password'),
    lock: beside('lock'),
    users: beside('users'),
    log: join(dataFolder, 'logs', `${name}.log`),
  };
}

function prepareFolder(dataFolder: string): void {
  try {
    // Others may pass: Postgres runs as another account when root starts it. Secrets are files of mode 600.
    mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
    accessSync(dataFolder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(`${dataFolder} belongs to another account: remove it, or run as that account.`, { cause });
  }
}

async function startOrJoin(places: Places, options: ClusterOptions, password: string): Promise<Postmaster> {
  // A server may have outlived the command that started it (kill -9): it is used as it is.
  if (runningPostmaster(places.cluster)) {
    const server = await untilReady(places.cluster, () => !runningPostmaster(places.cluster));
    if (server) return server;
  }
  await initialiseCluster(places, password);
  return launchPostgres(places, { durable: options.durable, logFile: filesOf(options).log });
}

async function checkedUrl(server: Postmaster, places: Places, password: string): Promise<string> {
  const url = `postgres://${CLUSTER_OWNER}:${password}@127.0.0.1:${server.port}/postgres`;
  try {
    await withClient(url, (client) => client.query('select 1'));
    return url;
  } catch (cause) {
    throw new Error(`Postgres runs on ${places.cluster} but does not let us in: remove that folder to begin anew.`, {
      cause,
    });
  }
}

/** Starts the embedded Postgres, or joins the one another command runs on the same folder. */
export async function openCluster(options: ClusterOptions): Promise<RunningCluster> {
  prepareFolder(options.dataFolder);
  const files = filesOf(options);
  const users = new ClusterUsers(files.users);
  const opened = await withStartLock(files.lock, async () => {
    const places = placesFor(options.dataFolder, options.name);
    if (places.note) console.log(places.note);
    const password = passwordIn(files.password);
    const server = await startOrJoin(places, options, password);
    users.join();
    return { places, server, url: await checkedUrl(server, places, password) };
  });

  const { url, places, server } = opened;
  const urlAt = (port: number) => Object.assign(new URL(url), { port: String(port) }).href;
  const serving: Serving = { places, server, durable: options.durable, logFile: files.log, urlAt };
  const drills = new Drills(serving);
  const stopIfLast = () =>
    withStartLock(files.lock, async () => {
      users.leave();
      if (users.hasOthers()) return;
      await drills.stop();
      await stopPostmaster(serving.places.cluster, serving.server.pid);
    });
  // For ends that leave no time to wait, such as an uncaught error.
  const onExit = () => {
    users.leave();
    const { pid } = serving.server;
    if (!users.hasOthers() && runningPostmaster(serving.places.cluster)?.pid === pid) process.kill(pid, 'SIGINT');
  };
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= stopIfLast().finally(() => {
      process.off('exit', onExit);
      forget();
    });
    return stopped;
  };
  process.on('exit', onExit);
  const forget = onShutdown(stop);
  return { url, drills, stop };
}
