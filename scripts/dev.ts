import { DEMO_OPERATORS, fillWithDemoData } from './demo-data/index.ts';
import { orEnd, startStack } from './local/stack.ts';
import { dataFolder } from './paths.ts';

// `npm run dev`: as the demo, with pages that follow the sources and a worker that restarts when they change.

await orEnd(async () => {
  console.log('Starting database, simulated vendors, web and worker ...');
  const services = await startStack({ dataFolder, nodeEnv: 'development', demo: true });
  await fillWithDemoData(services);
  const signIns = DEMO_OPERATORS.map(({ role, email }) => `${role}: ${email}`).join(', ');
  console.log(
    `\n${services.appUrl}\nSign in as ${signIns}; password ${services.secrets.DEMO_PASSWORD}, authenticator key ${services.secrets.DEMO_TOTP_KEY}`,
  );
});
