import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { answerTrpc } from '#server/trpc/http.ts';
import type { TestApplication } from './application.ts';

export interface ServedApplication {
  readonly url: string;
  close(): Promise<void>;
}

/** The API of an application on a socket, for programs of their own. */
export async function served({ container }: TestApplication): Promise<ServedApplication> {
  const server = createServer(async (incoming, outgoing) => {
    const response = await answerTrpc(container, await asRequest(incoming));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the server has no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function asRequest(incoming: IncomingMessage): Promise<Request> {
  const body = incoming.method === 'POST' ? await buffer(incoming) : undefined;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  return new Request(`http://console.test${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
}
