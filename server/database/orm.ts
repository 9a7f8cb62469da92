import { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { ormOptions } from '../../mikro-orm.config.ts';
import { CONNECTIONS, endUnfinished } from './pooled-connections.ts';
import { prepareStatements } from './prepared-statements.ts';

/**
 * One pool for the process, one MikroORM for each module graph: Next compiles pages and route handlers into separate
 * graphs, so entity classes exist more than once, and MikroORM keys its metadata by class.
 */
const shared = globalThis as { countersignOrm?: Map<string, Promise<MikroORM>> };

export async function openOrm(databaseUrl: string): Promise<MikroORM> {
  const first = shared.countersignOrm?.get(databaseUrl);
  if (!first) {
    const onPoolCreated = (pool: Pool) => endUnfinished(pool.on('connect', prepareStatements));
    const driverOptions = { onPoolCreated, ...CONNECTIONS };
    const opened = MikroORM.init({ ...ormOptions, clientUrl: databaseUrl, driverOptions });
    shared.countersignOrm = (shared.countersignOrm ?? new Map()).set(databaseUrl, opened);
    opened.catch(() => shared.countersignOrm?.delete(databaseUrl));
    return opened;
  }
  const connection = (await first).em.getConnection();
  return MikroORM.init({ ...ormOptions, clientUrl: databaseUrl, driverOptions: () => connection.getClient() });
}

/** Closes the pool that the first `openOrm` of this address opened. */
export async function closeOrm(databaseUrl: string): Promise<void> {
  const opened = shared.countersignOrm?.get(databaseUrl);
  shared.countersignOrm?.delete(databaseUrl);
  await (await opened)?.close(true);
}
