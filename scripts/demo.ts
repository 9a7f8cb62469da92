import { buildIfStale } from './build/build.ts';
import { DEMO_OPERATORS, fillWithDemoData } from './demo-data/index.ts';
import { orEnd, startStack } from './local/stack.ts';
import { dataFolder } from './paths.ts';

// `npm run demo`: the whole product on this machine, with data to look at. Needs nothing but npm.

function announce(appUrl: string, password: string): void {
  const signIns = DEMO_OPERATORS.map(({ role, email }) => `  ${role.padEnd(9)} ${email}`);
  const lines = [
    '',
    'Countersign is running.',
    '',
    `  Address   ${appUrl}`,
    '',
    `Sign in as one of these; the password of each is  ${password}`,
    '',
    ...signIns,
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
  announce(services.appUrl, services.secrets.DEMO_PASSWORD);
});
