import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { CONNECTION_CLOSED, codeOf, DEADLINE, HELD_BACK, REQUEST_INVALID } from './failure-words.ts';
import { type BodyRead, readBody } from './read-body.ts';

export interface PostOrder {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From now until the last byte of the reply, name look-up and connecting included. */
  readonly deadlineMs: number;
  readonly bodyBytesMax: number;
  /** Throws when the request must not leave any more. Asked before connecting and in the tick of the first byte. */
  readonly beforeFirstByte?: (() => void) | undefined;
  /** How the host's name is resolved; the system's way if absent. */
  readonly lookup?: LookupFunction | undefined;
}

export type PostResult =
  | {
      readonly kind: 'replied';
      readonly status: number;
      readonly headers: http.IncomingHttpHeaders;
      readonly body: string;
    }
  | {
      readonly kind: 'failed';
      /** Whether a byte of the request may have left: decides between "did not run" and "unknown". */
      readonly bytesWritten: boolean;
      /** The system's error code, or one of our own words below. */
      readonly error: string;
      readonly status?: number;
      readonly body?: string;
    };

/**
 * One POST on a socket of its own: no keep-alive, no redirect, no retry. Never throws.
 *
 * The request's head is held until the connection (and its TLS handshake) stands, so that everything that fails
 * earlier provably sent nothing, and everything later may have.
 */
export function postOnce(order: PostOrder): Promise<PostResult> {
  const { promise, resolve } = Promise.withResolvers<PostResult>();
  const read: BodyRead = { chunks: [], bytesMax: order.bodyBytesMax, bytes: 0 };
  let bytesWritten = false;
  let settled = false;
  if (isHeldBack(order)) return Promise.resolve({ kind: 'failed', bytesWritten, error: HELD_BACK });

  let request: http.ClientRequest;
  try {
    request = open(order);
  } catch {
    return Promise.resolve({ kind: 'failed', bytesWritten, error: REQUEST_INVALID });
  }
  const settle = (result: PostResult): void => {
    settled = true;
    clearTimeout(deadline);
    resolve(result);
    request.destroy();
  };
  const fail = (error: string): void => {
    const seen = read.status === undefined ? {} : { status: read.status, body: textOf(read) };
    settle({ kind: 'failed', bytesWritten, error, ...seen });
  };
  const deadline = setTimeout(() => fail(DEADLINE), order.deadlineMs);

  request.on('error', (error) => fail(codeOf(error)));
  request.on('close', () => fail(CONNECTION_CLOSED));
  request.on('socket', (socket) => {
    socket.once(order.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      if (settled) return;
      if (isHeldBack(order)) return fail(HELD_BACK);
      bytesWritten = true;
      request.end(order.body);
    });
  });
  request.on('response', (response) => {
    readBody(response, read, (error) => {
      if (error !== null) return fail(error);
      settle({ kind: 'replied', status: response.statusCode ?? 0, headers: response.headers, body: textOf(read) });
    });
  });
  return promise;
}

function open(order: PostOrder): http.ClientRequest {
  const send = order.url.protocol === 'https:' ? https.request : http.request;
  const headers = { ...order.headers, 'Content-Length': String(Buffer.byteLength(order.body)) };
  const lookup = order.lookup ? { lookup: order.lookup } : {};
  return send(order.url, { method: 'POST', agent: false, headers, ...lookup });
}

function isHeldBack(order: PostOrder): boolean {
  try {
    order.beforeFirstByte?.();
    return false;
  } catch {
    return true;
  }
}

function textOf(read: BodyRead): string {
  return new TextDecoder().decode(Buffer.concat(read.chunks));
}
