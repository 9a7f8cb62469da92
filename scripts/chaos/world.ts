import { dirname, join } from 'node:path';
import { migrateUp } from '#server/database/migrate.ts';
import { openCluster } from '../database/cluster.ts';
import type { Drills } from '../database/drills.ts';
import { ensureDatabase } from '../database/index.ts';
import { NO_TELEMETRY } from '../environment.ts';
import { ensureOperator, lendPasskey, withContainer } from '../local/accounts.ts';
import { localEnvironment } from '../local/environment.ts';
import { type LocalSecrets, localSecrets } from '../local/secrets.ts';
import { foreignEnvironment } from '../local/services.ts';
import { startSimulator } from '../local/simulators.ts';
import { freePort } from '../processes/free-port.ts';
import { onShutdown } from '../processes/shutdown.ts';
import { Member } from './fleet.ts';
import { Link } from './link.ts';
import { type LinkName, type MemberName, WEBS, WORKERS } from './plan.ts';

/** How long a sender waits for a vendor: short, so that a lease is over soon. */
export const DEADLINE_MS = 2_000;
const SETTLE_MS = 1_500;
/** Below what the system hands out for outgoing connections: a web that was killed must find its port free again. */
const WEB_PORTS = { first: 21_100, second: 40, worlds: 100, worldsMax: 20 } as const;

export const PEOPLE = [
  { role: 'finance', name: 'Finance one', email: 'one@chaos.example' },
  { role: 'finance', name: 'Finance two', email: 'two@chaos.example' },
  { role: 'admin', name: 'Admin', email: 'admin@chaos.example' },
] as const;

/** The whole product as processes, with a wire of ours in every place where one can break. */
export interface World {
  readonly secrets: LocalSecrets;
  /** What web and worker are told. */
  readonly env: Readonly<Record<string, string>>;
  readonly appUrl: string;
  /** Where the webs listen. */
  readonly webUrls: readonly [string, ...string[]];
  readonly members: ReadonlyMap<MemberName, Member>;
  readonly links: Readonly<Record<LinkName, Link>>;
  /** Of the vendors themselves, past the links; for their control and their journals. */
  readonly vendors: { readonly hashdamUrl: string; readonly mblockUrl: string };
  /** Both die, and come back with what they remember. */
  restartVendors(downMs: number): Promise<void>;
  readonly logFolder: string;
  /** Past the link: for whoever looks on. */
  databaseUrl(): string;
  /** Does something to Postgres itself; the wire leads to wherever it is afterwards. */
  onDatabase(drill: (drills: Drills) => Promise<void>): Promise<void>;
}

/** As the product sees it: the same address, through the link. */
function through(link: Link, url: string): string {
  const seen = new URL(url);
  seen.hostname = '127.0.0.1';
  seen.port = String(link.port);
  return seen.href;
}

const portOf = (url: string): number => Number(new URL(url).port);

async function linkTo(url: string): Promise<Link> {
  const link = await Link.to(portOf(url));
  onShutdown(() => link.close());
  return link;
}

export interface WorldOptions {
  /** For logs, secrets and what the vendors remember. */
  readonly dataFolder: string;
  /** Folder beside it with a Postgres of this world's own. */
  readonly cluster: string;
  /** Worlds of different numbers may exist side by side. */
  readonly no?: number;
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Opens it in a folder of its own; ended by `closeAll`. */
export async function openWorld({ dataFolder, cluster: name, no = 0, overrides }: WorldOptions): Promise<World> {
  const secrets = localSecrets(join(dataFolder, 'secrets.env'));
  const cluster = await openCluster({ dataFolder: dirname(dataFolder), name, durable: true });
  let databaseUrl = await ensureDatabase(cluster.url, 'countersign');
  await migrateUp(databaseUrl);
  const simulators = { dataFolder, secrets, settleMs: SETTLE_MS };
  const hashdam = await startSimulator('hashdam', simulators);
  const mblock = await startSimulator('mblock', simulators);
  const links = {
    database: await linkTo(databaseUrl),
    pool: await linkTo(hashdam.url),
    chain: await linkTo(mblock.url),
  };
  const firstPort = WEB_PORTS.first + WEB_PORTS.worlds * (no % WEB_PORTS.worldsMax);
  const ports = [await freePort(firstPort), await freePort(firstPort + WEB_PORTS.second)] as const;
  const env = {
    ...foreignEnvironment(),
    ...NO_TELEMETRY,
    ...localEnvironment({
      ...{ nodeEnv: 'production', demo: false, webPort: ports[0], secrets },
      databaseUrl: through(links.database, databaseUrl),
      hashdamUrl: through(links.pool, hashdam.url),
      mblockUrl: through(links.chain, mblock.url),
      feeWalletKey: mblock.feeWalletKey ?? '',
    }),
    // Production refuses a deadline as short as this one.
    NODE_ENV: 'test',
    PROVIDER_DEADLINE_MS: String(DEADLINE_MS),
    ...overrides,
  };
  await withContainer({ ...env, DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: databaseUrl }, async (container) => {
    for (const person of PEOPLE) {
      await ensureOperator(container, person, secrets);
      await lendPasskey(container, person, secrets);
    }
  });
  const logFolder = join(dataFolder, 'logs');
  const members = new Map<MemberName, Member>();
  for (const [at, name] of WEBS.entries())
    members.set(name, new Member({ name, script: 'start', env: { ...env, PORT: String(ports[at]) }, logFolder }));
  for (const name of WORKERS) members.set(name, new Member({ name, script: 'worker', env, logFolder }));
  await Promise.all([...members.values()].map((member) => member.start()));
  const vendors = { hashdamUrl: hashdam.url, mblockUrl: mblock.url };
  return {
    ...{ secrets, env, members, links, vendors, logFolder },
    appUrl: `http://localhost:${ports[0]}`,
    webUrls: [`http://127.0.0.1:${ports[0]}`, `http://127.0.0.1:${ports[1]}`],
    databaseUrl: () => databaseUrl,
    async onDatabase(drill) {
      await drill(cluster.drills);
      databaseUrl = Object.assign(new URL(databaseUrl), { port: String(cluster.drills.port) }).href;
      links.database.leadTo(portOf(databaseUrl));
    },
    async restartVendors(downMs) {
      const [hashdamUrl, mblockUrl] = await Promise.all([hashdam.restart(downMs), mblock.restart(downMs)]);
      Object.assign(vendors, { hashdamUrl, mblockUrl });
      links.pool.leadTo(portOf(hashdamUrl));
      links.chain.leadTo(portOf(mblockUrl));
    },
  };
}
