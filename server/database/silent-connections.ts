import type { Socket } from 'node:net';
import type { ClientBase } from 'pg';

/** A caller waits no longer than this for a connection, be it that all are taken or that the database is not there. */
export const CONNECT_WITHIN_MS = 5_000;
/** Longer than any statement of ours may take. */
const SILENT_MAX_MS = 20_000;

/**
 * Ends a connection that says nothing for so long. A wire that swallows everything looks like a slow statement; without
 * this its caller would wait until the system's own keep-alive gives up, which takes hours.
 */
export function endWhenSilent(client: ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.setTimeout(SILENT_MAX_MS, () => stream.destroy());
}
