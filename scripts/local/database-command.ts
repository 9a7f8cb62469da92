import { type Config, ConfigError, loadConfig } from '#server/config/index.ts';
import type { Container } from '#server/container.ts';
import { migrateUp, pendingMigrations } from '#server/database/migrate.ts';
import { openAppDatabase } from '../database/index.ts';
import { messageOf, refuse } from '../processes/refuse.ts';
import { refuseUnlessMigrated } from '../start-guard.ts';
import { withContainer } from './accounts.ts';
import { commandEnvironment } from './command-environment.ts';

function configOrOneLine(env: Readonly<Record<string, string | undefined>>): Config {
  try {
    return loadConfig(env);
  } catch (error) {
    refuse(error instanceof ConfigError ? error.lines.join('; ') : messageOf(error));
  }
}

/** Does one thing with the application on the database of this environment; what fails is one line and exit 1. */
export async function databaseCommand(work: (container: Container) => Promise<void>): Promise<void> {
  const isOwnDatabase = !process.env['DATABASE_URL'];
  if (isOwnDatabase && process.env['NODE_ENV'] === 'production') refuse('DATABASE_URL: missing');
  const database = await openAppDatabase().catch((error: unknown) => refuse(messageOf(error)));
  if (isOwnDatabase && (await pendingMigrations(database.url)).length > 0) await migrateUp(database.url);
  const env = commandEnvironment(database.url);
  await refuseUnlessMigrated(configOrOneLine(env));
  try {
    await withContainer(env, work);
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = 1;
  } finally {
    await database.stop();
  }
}
