import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localEnvironment } from '../local/environment.ts';
import type { LocalSecrets } from '../local/secrets.ts';
import { wordsOfScript } from '../package-scripts.ts';
import { dataFolder, projectFolder } from '../paths.ts';
import { type Child, startChild } from '../processes/child.ts';
import { freePort } from '../processes/free-port.ts';
import { run, tool } from '../processes/run.ts';
import { onShutdown } from '../processes/shutdown.ts';

const WEB_PORT = 56_100;
const FLOOR_PORT = 56_140;
const folder = join(dataFolder, 'bench');
const floorFolder = join(folder, 'floor');

export interface Server {
  readonly port: number;
  readonly child: Child;
}

export interface WebOptions {
  readonly databaseUrl: string;
  readonly secrets: LocalSecrets;
}

/** The product exactly as `npm start` runs it, on a port of its own. */
export async function startProduct({ databaseUrl, secrets }: WebOptions): Promise<Server> {
  const port = await freePort(WEB_PORT);
  const nowhere = 'http://127.0.0.1:9';
  const env = localEnvironment({
    nodeEnv: 'production',
    databaseUrl,
    webPort: port,
    secrets,
    hashdamUrl: nowhere,
    mblockUrl: nowhere,
    feeWalletKey: 'bench',
    demo: false,
  });
  const args = [...wordsOfScript('start').slice(1), '-H', '127.0.0.1'];
  return watched(port, startChild({ name: 'web', args, env: inherited(env), logFile: join(folder, 'web.log') }));
}

/** The floor, with the same flags of Node as the product. */
export async function startFloor(config: object): Promise<Server> {
  const port = await freePort(FLOOR_PORT);
  const flags = wordsOfScript('start').filter((word) => word.startsWith('--'));
  const args = [...flags, tool('next'), 'start', floorFolder, '-p', String(port), '-H', '127.0.0.1'];
  const env = inherited({ NODE_ENV: 'production', FLOOR_CONFIG: JSON.stringify(config) });
  return watched(port, startChild({ name: 'floor', args, env, logFile: join(folder, 'floor.log') }));
}

function watched(port: number, child: Child): Server {
  onShutdown(() => child.stop());
  return { port, child };
}

/** Settings of the caller must not shine through; a program still needs its path and home. */
const inherited = (env: Record<string, string>): Record<string, string | undefined> => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  ...env,
});

const NEXT_CONFIG = `export default {
  poweredByHeader: false,
  serverExternalPackages: ['pg'],
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: ${JSON.stringify(projectFolder)} },
};
`;
const ROUTES = ['list', 'approve'] as const;

/** Builds the floor in a scratch folder: it is no part of the product's build. */
export async function buildFloor(): Promise<void> {
  const source = join(import.meta.dirname, 'floor');
  const files = ['floor', ...ROUTES].map((name) => readFileSync(join(source, `${name}.ts`), 'utf8'));
  const wanted = [NEXT_CONFIG, ...files].join('\0');
  const stamp = join(floorFolder, 'built-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(floorFolder, { recursive: true, force: true });
  mkdirSync(floorFolder, { recursive: true });
  writeFileSync(join(floorFolder, 'next.config.mjs'), NEXT_CONFIG);
  writeFileSync(join(floorFolder, 'package.json'), '{ "type": "module", "private": true }\n');
  for (const route of ROUTES) {
    const place = join(floorFolder, 'app', route);
    mkdirSync(place, { recursive: true });
    cpSync(join(source, 'floor.ts'), join(floorFolder, 'app', 'floor.ts'));
    const text = readFileSync(join(source, `${route}.ts`), 'utf8').replace("'./floor.ts'", "'../floor'");
    writeFileSync(join(place, 'route.ts'), text);
  }
  const { code, tail } = await run([tool('next'), 'build', floorFolder], { quiet: true });
  if (code !== 0) throw new Error(['The floor does not build:', ...tail].join('\n'));
  writeFileSync(stamp, wanted);
}
