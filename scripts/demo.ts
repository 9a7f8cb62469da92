import { buildIfStale } from './build/build.ts';
import { DEMO_OPERATORS, fillWithDemoData } from './demo-data/index.ts';
import { currentCode, untilCodesAreFresh } from './local/authenticator.ts';
import type { LocalSecrets } from './local/secrets.ts';
import { orEnd, startStack } from './local/stack.ts';
import { dataFolder } from './paths.ts';

// `npm run demo`: the whole product on this machine, with data to look at. Needs nothing but npm.

/** Who has no authenticator app at hand reads the code here. */
function codesOnEnter(key: string): void {
  if (!process.stdin.isTTY) return;
  process.stdin.on('data', () => console.log(`  Code      ${currentCode(key)}`)).unref();
}

function announce(appUrl: string, secrets: LocalSecrets): void {
  const signIns = DEMO_OPERATORS.map(({ role, email }) => `  ${role.padEnd(9)} ${email}`);
  const lines = [
    '',
    'Countersign is running.',
    '',
    `  Address   ${appUrl}`,
    '',
    `Sign in as one of these; the password of each is  ${secrets.DEMO_PASSWORD}`,
    '',
    ...signIns,
    '',
    'Finance and admin are asked for a code as well. Give this key to an authenticator app, or press Enter here for a code:',
    '',
    `  Key       ${secrets.DEMO_TOTP_KEY}`,
    `  Code      ${currentCode(secrets.DEMO_TOTP_KEY)}   (each counts once for each person; a new one comes every 30 seconds)`,
    '',
    'Both vendors are simulated; no real money moves. Logs: .data/logs, secrets: .data/demo.env. Ctrl-C stops everything.',
    '',
  ];
  console.log(lines.join('\n'));
}

await orEnd(async () => {
  await buildIfStale();
  console.log('Starting database, simulated vendors, web and worker ...');
  const services = await startStack({ dataFolder, nodeEnv: 'production', demo: true });
  await fillWithDemoData(services);
  await untilCodesAreFresh();
  announce(services.appUrl, services.secrets);
  codesOnEnter(services.secrets.DEMO_TOTP_KEY);
});
