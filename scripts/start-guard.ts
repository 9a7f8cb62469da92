import type { Config } from '#server/config/index.ts';
import { pendingMigrations } from '#server/database/migrate.ts';
import { messageOf, refuse } from './processes/refuse.ts';

async function pendingOrRefuse(databaseUrl: string): Promise<string[]> {
  try {
    return await pendingMigrations(databaseUrl);
  } catch (error) {
    refuse(`The database does not answer: ${messageOf(error)}`);
  }
}

/** Web and worker never run against tables they were not written for. */
export async function refuseUnlessMigrated(config: Config): Promise<void> {
  const pending = await pendingOrRefuse(config.databaseUrl.reveal());
  if (pending.length > 0) refuse(`${pending.length} migrations are pending: run "npm run migrate" first.`);
}
