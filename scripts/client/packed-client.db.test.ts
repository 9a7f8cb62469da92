import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApplication, testApplication } from '#server/testing/application.ts';
import { type ServedApplication, served } from '#server/testing/served.ts';
import { projectFolder } from '../paths.ts';
import { buildClient } from './build-client.ts';

const run = promisify(execFile);
const bin = (name: string) => join(projectFolder, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'countersign-platform-'));
const installed = join(folder, 'node_modules/countersign');
let app: TestApplication;
let server: ServedApplication;
beforeAll(async () => {
  app = await testApplication();
  server = await served(app);
  await install();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.close();
  await app?.close();
});

/** A platform's project somewhere else, with nothing but the packed file, and no network to get it by. */
async function install(): Promise<void> {
  const built = join(folder, 'built');
  buildClient(built);
  const { stdout } = await run('npm', ['pack', built, '--silent'], { cwd: folder });
  rmSync(built, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'platform', private: true, type: 'commonjs' }));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, stdout.trim())], { cwd: folder });
}

const MISUSES = `
  import { createClient } from 'countersign/client';
  const client = createClient({ url: 'https://console.example', apiKey: 'csk_' });
  // @ts-expect-error an amount is text
  client.withdrawals.request.mutate({ memberId: 'm', asset: 'LTC', amount: 1, idempotencyKey: 'k' });
  // @ts-expect-error whatever moves money names its work
  client.withdrawals.request.mutate({ memberId: 'm', asset: 'LTC', amount: '1' });
  // @ts-expect-error no key approves
  client.withdrawals.approve.mutate({ id: 'w', digest: 'd' });
  // @ts-expect-error looking is not doing
  client.ledger.balances.mutate({ memberId: 'm' });
  export const held: Promise<string[]> = client.ledger.balances.query({ memberId: 'm' }).then((rows) => rows.map((row) => row.held));
`;

test('the packed client is installed without a network, type-checks by itself, and its example works against a server', async () => {
  writeFileSync(join(folder, 'platform.mts'), readFileSync(join(installed, 'examples/platform.mts')));
  writeFileSync(join(folder, 'misuses.mts'), MISUSES);
  const compilerOptions = {
    ...{ strict: true, target: 'es2022', module: 'nodenext', outDir: 'built', skipLibCheck: false },
    ...{ typeRoots: [join(projectFolder, 'node_modules/@types')], types: ['node'] },
  };
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['platform.mts', 'misuses.mts'] }),
  );
  const checked = await run(bin('tsc'), ['-p', folder]).catch((error: { stdout: string }) => error);
  expect(checked.stdout).toBe('');

  const { key } = await app.withKey('credit', 'withdraw', 'read');
  const env = { ...process.env, COUNTERSIGN_URL: server.url, COUNTERSIGN_API_KEY: key };
  // As CLIENT.md says: in a folder as `npm init -y` makes it, as it is.
  const { stdout } = await run(process.execPath, [join(folder, 'platform.mts')], { env });
  expect(stdout.split('\n')).toEqual(['available: 12.5', 'order-4711: pending', 'order-4712: not enough', '']);
});

test('nothing of the server is in it, and nothing that it depends on', () => {
  const files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(installed.length + 1));
  const modules = files.filter((name) => /\.(js|d\.ts)$/.test(name)).map((name) => name.replace(/\.(js|d\.ts)$/, ''));
  expect([...new Set(modules)].toSorted()).toEqual([
    ...['client/call', 'client/error', 'client/index', 'client/retries', 'client/surface', 'kernel/errors'],
  ]);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
  expect(Object.keys(manifest).filter((name) => /dependencies/i.test(name))).toEqual([]);
  const imported = modules.flatMap((name) => {
    const text = files.includes(`${name}.js`) ? readFileSync(join(installed, `${name}.js`), 'utf8') : '';
    return [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from);
  });
  expect(imported.filter((from) => !from?.startsWith('.'))).toEqual([]);
});
