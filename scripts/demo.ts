import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build/build.ts';
import { DEMO_OPERATORS, fillWithDemoData } from './demo-data/index.ts';
import { forgetDemo } from './demo-data/start-over.ts';
import { CodeTeller, codeOfNow, type ToldCode, untilCodesAreFresh } from './local/authenticator.ts';
import { type LocalSecrets, localSecrets } from './local/secrets.ts';
import { orEnd, startStack } from './local/stack.ts';
import { dataFolder } from './paths.ts';
import { refuse } from './processes/refuse.ts';

// `npm run demo`: the whole product on this machine, with data to look at. Needs nothing but npm.

const told = ({ code, seconds }: ToldCode): string => `  Code      ${code}   (for ${seconds} seconds)`;

/** Who has no authenticator app at hand reads the codes here, each of them once. */
function codesOnEnter(teller: CodeTeller): void {
  const waiting = (seconds: number) =>
    console.log(`  ... every code of now has been shown; the next comes in ${seconds} s`);
  process.stdin.on('data', () => void teller.next(waiting).then((code) => console.log(told(code)))).unref();
}

async function announce(appUrl: string, secrets: LocalSecrets, teller: CodeTeller): Promise<void> {
  const signIns = DEMO_OPERATORS.map(({ role, email }) => `  ${role.padEnd(9)} ${email}`);
  const codes = process.stdin.isTTY ? 'press Enter here for a code' : 'run "npm run demo -- --code" for a code';
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
    `Finance and admin are asked for a code as well. Give this key to an authenticator app, or ${codes}:`,
    '',
    `  Key       ${secrets.DEMO_TOTP_KEY}`,
    told(await teller.next()),
    '',
    'Each code counts once for each person. What you do stays for the next start; "npm run demo -- --fresh" starts over.',
    'Both vendors are simulated; no real money moves. Logs: .data/logs, secrets: .data/demo.env. Ctrl-C stops everything.',
    '',
  ];
  console.log(lines.join('\n'));
}

const USAGE = 'usage: npm run demo [-- --fresh | --code]';

function wishes(): { fresh: boolean; code: boolean } {
  try {
    const { fresh, code } = parseArgs({ options: { fresh: { type: 'boolean' }, code: { type: 'boolean' } } }).values;
    return { fresh: fresh ?? false, code: code ?? false };
  } catch {
    return refuse(USAGE);
  }
}

const { fresh, code } = wishes();
const secretsFile = join(dataFolder, 'demo.env');
if (code) {
  if (!existsSync(secretsFile)) refuse('There is no demo yet: "npm run demo" makes it.');
  console.log(told(codeOfNow(localSecrets(secretsFile).DEMO_TOTP_KEY)));
} else {
  await orEnd(async () => {
    if (fresh) await forgetDemo(dataFolder);
    await buildIfStale();
    console.log('Starting database, simulated vendors, web and worker ...');
    const services = await startStack({ dataFolder, nodeEnv: 'production', demo: true });
    await fillWithDemoData(services);
    await untilCodesAreFresh();
    const teller = new CodeTeller(services.secrets.DEMO_TOTP_KEY);
    await announce(services.appUrl, services.secrets, teller);
    if (process.stdin.isTTY) codesOnEnter(teller);
  });
}
