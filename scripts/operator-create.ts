import { parseArgs } from 'node:util';
import { type Config, ConfigError, loadConfig } from '#server/config/index.ts';
import { migrateUp, pendingMigrations } from '#server/database/migrate.ts';
import { operatorCreateInput } from '#server/operators/contract.ts';
import { createOperator } from '#server/operators/create-operator.ts';
import { openAppDatabase } from './database/index.ts';
import { readEnvFile } from './environment.ts';
import { withContainer } from './local/accounts.ts';
import { commandEnvironment } from './local/command-environment.ts';
import { readPassword } from './processes/password-prompt.ts';
import { messageOf, refuse } from './processes/refuse.ts';
import { refuseUnlessMigrated } from './start-guard.ts';

// `npm run operator:create -- --email E --name N --role R`: the password comes from stdin, or is asked for. Prints the id.

const USAGE = 'usage: npm run operator:create -- --email E --name N --role support|finance|admin|auditor';

function options(): { email?: string; name?: string; role?: string } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { email: text, name: text, role: text } }).values;
  } catch {
    refuse(USAGE);
  }
}

async function input() {
  const { email, name, role } = options();
  if (!email || !name || !role) refuse(USAGE);
  const parsed = operatorCreateInput.safeParse({ email, name, role, password: await readPassword('Password: ') });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  refuse(`${issue?.path.join('.')}: ${issue?.message}`);
}

function configOrOneLine(env: Readonly<Record<string, string | undefined>>): Config {
  try {
    return loadConfig(env);
  } catch (error) {
    refuse(error instanceof ConfigError ? error.lines.join('; ') : messageOf(error));
  }
}

readEnvFile();
const operator = await input();
const isOwnDatabase = !process.env['DATABASE_URL'];
if (isOwnDatabase && process.env['NODE_ENV'] === 'production') refuse('DATABASE_URL: missing');
const database = await openAppDatabase().catch((error: unknown) => refuse(messageOf(error)));
if (isOwnDatabase && (await pendingMigrations(database.url)).length > 0) await migrateUp(database.url);
const env = commandEnvironment(database.url);
await refuseUnlessMigrated(configOrOneLine(env));
try {
  console.log((await withContainer(env, (container) => createOperator(container, operator))).id);
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
} finally {
  await database.stop();
}
