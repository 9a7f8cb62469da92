import type { Socket } from 'node:net';
import type { ClientBase, Pool } from 'pg';

/** A caller waits no longer than this for a connection, be it that all are taken or that the database is not there. */
export const CONNECT_WITHIN_MS = 5_000;
/** Longer than any statement of ours may take. */
const SILENT_MAX_MS = 20_000;
/**
 * Longer than any transaction of ours holds a lock, and longer than one may do nothing: no provider is called inside one.
 * A process that was stopped in the middle of a transaction thereby keeps nobody from a row for longer than that.
 */
const LIMITS = "set lock_timeout = '8s'; set idle_in_transaction_session_timeout = '15s'";

/** How every pool of ours treats its connections; for its options. */
export const CONNECTIONS = { connectionTimeoutMillis: CONNECT_WITHIN_MS, onConnect: limit };

/** Before anybody gets the connection. */
async function limit(client: ClientBase): Promise<void> {
  endWhenSilent(client);
  await client.query(LIMITS);
}

/**
 * Ends a connection that says nothing for so long. A wire that swallows everything looks like a slow statement; without
 * this its caller would wait until the system's own keep-alive gives up, which takes hours.
 */
function endWhenSilent(client: ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.setTimeout(SILENT_MAX_MS, () => stream.destroy());
}

/** What comes back inside a transaction, because its rollback was refused, is nobody's next connection. */
export function endUnfinished(pool: Pool): void {
  pool.on('release', (_error, client) => {
    if (client.getTransactionStatus() !== 'I') void client.end();
  });
}
