import http from 'node:http';
import type { Socket } from 'node:net';
import { JsonNumber } from '#server/provider-transport/index.ts';

const BODY_BYTES_MAX = 1024 * 1024;

export interface LoopbackRequest {
  readonly path: string;
  readonly verb: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Parsed JSON, a numeric `fee` as a `JsonNumber`; undefined when the body is not JSON. */
  readonly body: unknown;
}

export interface LoopbackServer {
  readonly url: string;
  close(): Promise<void>;
}

type Handler = (request: LoopbackRequest, response: http.ServerResponse) => void;

/** An HTTP server that only this machine can reach. Closing it ends every connection, also those left hanging. */
export async function startLoopbackServer(port: number, handle: Handler): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  const server = http.createServer((request, response) => {
    readJsonBody(request, (body) => {
      const { url: path = '/', method: verb = 'GET', headers } = request;
      handle({ path, verb, headers, body }, response);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function readJsonBody(request: http.IncomingMessage, done: (body: unknown) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) request.destroy();
    else chunks.push(chunk);
  });
  request.on('end', () => done(parse(Buffer.concat(chunks).toString('utf8'))));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, keepFee);
  } catch {
    return undefined;
  }
}

/** The one amount on the wire that is a bare number; as a JS number it could change. */
function keepFee(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return key === 'fee' && typeof value === 'number' ? new JsonNumber(context?.source ?? '') : value;
}

export function sendJson(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
