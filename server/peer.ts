import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** One name for the process: Next compiles routes into graphs of their own, and each has a copy of this module. */
const shared = globalThis as { countersignPeerHeader?: string };

/**
 * The header in which a request carries the address its connection comes from. A route is given headers and no socket;
 * the name is drawn at start, so that nobody outside can send it.
 */
export function peerHeader(): string {
  shared.countersignPeerHeader ??= `x-peer-${randomBytes(16).toString('hex')}`;
  return shared.countersignPeerHeader;
}

/** From here on every request of this process carries it. */
export function notePeers(): void {
  const name = peerHeader();
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const { remoteAddress } = request.socket;
    if (remoteAddress) request.headers[name] = remoteAddress;
  });
}
