import { migrateDown, migrateUp, pendingMigrations, schemaDrift } from '#server/database/migrate.ts';
import { openAppDatabase } from './database/index.ts';
import { readEnvFile } from './environment.ts';
import { messageOf, refuse } from './processes/refuse.ts';

const COMMANDS: Record<string, (url: string) => Promise<string>> = {
  up: async (url) => report('applied', await migrateUp(url)),
  down: async (url) => report('taken back', await migrateDown(url)),
  check: async (url) => {
    const findings = [...(await pendingMigrations(url)).map((name) => `pending: ${name}`), ...(await schemaDrift(url))];
    if (findings.length > 0) throw new Error(findings.join('\n'));
    return 'Tables and entities agree, and no migration is pending.';
  },
};

function report(done: string, names: readonly string[]): string {
  return names.length === 0 ? 'Nothing to do.' : names.map((name) => `${done}: ${name}`).join('\n');
}

readEnvFile();
const command = COMMANDS[process.argv[2] ?? 'up'];
if (!command) refuse('usage: npm run migrate -- [up|down|check]');
if (!process.env['DATABASE_URL'] && process.env['NODE_ENV'] === 'production') refuse('DATABASE_URL: missing');
const database = await openAppDatabase().catch((error: unknown) => refuse(messageOf(error)));
try {
  console.log(await command(database.url));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
} finally {
  await database.stop();
}
