import pg from 'pg';
import { CONNECTIONS, endUnfinished } from './pooled-connections.ts';

const shared = globalThis as { countersignSignInPools?: Map<string, pg.Pool> };

/** A small pool beside the ORM's, for better-auth and for reading sessions: signing in never waits behind money. */
export function signInPool(databaseUrl: string): pg.Pool {
  shared.countersignSignInPools ??= new Map();
  const open = shared.countersignSignInPools.get(databaseUrl);
  if (open) return open;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 5, ...CONNECTIONS });
  endUnfinished(pool);
  // A lost connection is replaced by the pool; without listeners it would end the process, be it idle or lent out.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  shared.countersignSignInPools.set(databaseUrl, pool);
  return pool;
}

export async function closeSignInPool(databaseUrl: string): Promise<void> {
  const pool = shared.countersignSignInPools?.get(databaseUrl);
  shared.countersignSignInPools?.delete(databaseUrl);
  await pool?.end();
}
