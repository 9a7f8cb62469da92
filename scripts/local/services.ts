import { join } from 'node:path';
import { ENVIRONMENT_VARIABLES } from '#server/config/environment.ts';
import { migrateUp } from '#server/database/migrate.ts';
import { type OpenOptions, openAppDatabase, openDatabase } from '../database/index.ts';
import { NO_TELEMETRY } from '../environment.ts';
import { localEnvironment } from './environment.ts';
import { type LocalSecrets, localSecrets } from './secrets.ts';
import { startSimulator } from './simulators.ts';

export interface LocalOptions {
  readonly dataFolder: string;
  readonly nodeEnv: 'production' | 'development';
  readonly webPort: number;
  readonly demo: boolean;
  /** A database of this name on this server; absent: the product's own. */
  readonly database?: { readonly name: string; readonly server: OpenOptions['server'] };
  readonly overrides?: Readonly<Record<string, string>>;
}

export interface LocalServices {
  /** The whole environment of web and worker: nothing of the caller's own settings shines through. */
  readonly env: Readonly<Record<string, string>>;
  readonly appUrl: string;
  readonly databaseUrl: string;
  readonly secrets: LocalSecrets;
  /** Where the secrets are kept. */
  readonly secretsFile: string;
  readonly logFolder: string;
  readonly simulators: { readonly hashdamUrl: string; readonly mblockUrl: string };
}

/** What the caller's own environment says of everything but the product: paths, locale and the like. */
export function foreignEnvironment(): Record<string, string> {
  const own = new Set(ENVIRONMENT_VARIABLES);
  const entries = Object.entries(process.env).filter(([name, value]) => value !== undefined && !own.has(name));
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Everything below web and worker: database with all migrations, both vendors, and the environment that names them. */
export async function openLocalServices(options: LocalOptions): Promise<LocalServices> {
  const { dataFolder, database, webPort } = options;
  const secretsFile = join(dataFolder, 'demo.env');
  const secrets = localSecrets(secretsFile);
  const { url: databaseUrl } = database
    ? await openDatabase(database.name, { server: database.server })
    : await openAppDatabase({ dataFolder });
  await migrateUp(databaseUrl);
  const hashdam = await startSimulator('hashdam', { dataFolder, secrets });
  const mblock = await startSimulator('mblock', { dataFolder, secrets });
  const env = {
    ...foreignEnvironment(),
    ...NO_TELEMETRY,
    ...localEnvironment({
      ...{ nodeEnv: options.nodeEnv, demo: options.demo, databaseUrl, webPort, secrets },
      ...{ hashdamUrl: hashdam.url, mblockUrl: mblock.url, feeWalletKey: mblock.feeWalletKey ?? '' },
    }),
    AUDIT_HEADS_FILE: join(dataFolder, 'audit-heads.jsonl'),
    ...options.overrides,
  };
  return {
    env,
    appUrl: `http://localhost:${webPort}`,
    databaseUrl,
    secrets,
    secretsFile,
    logFolder: join(dataFolder, 'logs'),
    simulators: { hashdamUrl: hashdam.url, mblockUrl: mblock.url },
  };
}
