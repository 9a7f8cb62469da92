import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENVIRONMENT_VARIABLES } from '#server/config/environment.ts';
import { loadConfig } from '#server/config/index.ts';
import { localEnvironment } from './environment.ts';
import { localSecrets } from './secrets.ts';
import { claimDataFolder } from './single.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = () =>
  localEnvironment({
    nodeEnv: 'production',
    databaseUrl: 'postgres://u:p@127.0.0.1:1/d',
    webPort: 3004,
    secrets: localSecrets(join(folder, 'demo.env')),
    hashdamUrl: 'http://127.0.0.1:4101/v1',
    mblockUrl: 'http://127.0.0.1:4102/bsc',
    feeWalletKey: 'k',
    demo: true,
  });

/** What a local stack leaves out on purpose: nobody is told by chat or mail, and no rule is bent. */
const leftOut = () => ENVIRONMENT_VARIABLES.filter((name) => !(name in environment()));

test('a local stack sets every variable that must be set, and knows each that it sets', () => {
  expect(() => loadConfig(environment())).not.toThrow();
  expect(Object.keys(environment()).filter((name) => !ENVIRONMENT_VARIABLES.includes(name))).toEqual([]);
  expect(leftOut()).toEqual(expect.arrayContaining(['ALERT_WEBHOOK_URL', 'SMTP_URL', 'QUIET_PERIOD_MS']));
});

test('a local stack starts the product', () => {
  expect(loadConfig(environment())).toMatchObject({ demo: true, appUrl: 'http://localhost:3004' });
});

test('its secrets are made once, for their owner alone, and what else stands in the file stays', () => {
  const file = join(folder, 'demo.env');
  const secrets = localSecrets(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(localSecrets(file)).toEqual(secrets);
  expect(readFileSync(file, 'utf8')).toContain(secrets.DEMO_PASSWORD);
  rmSync(file);
  expect(localSecrets(file).AUTH_SECRET).not.toBe(secrets.AUTH_SECRET);
});

test('one stack at a time runs from a folder', () => {
  claimDataFolder(folder);
  expect(() => claimDataFolder(folder)).not.toThrow();
});
