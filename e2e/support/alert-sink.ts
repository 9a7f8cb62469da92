import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { told } from './environment.ts';

const CONTROL = '/control/refuse';

/**
 * The chat that alerts go to: a real receiver over HTTP. It refuses what mentions one of the texts it was told, until it
 * is told otherwise, so that tests side by side do not get into each other's way.
 */
export async function startAlertSink(): Promise<{ url: string; close(): Promise<void> }> {
  let refused: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (request.url === CONTROL) refused = JSON.parse(body) as string[];
      const isRefused = request.url !== CONTROL && refused.some((text) => body.includes(text));
      response.writeHead(isRefused ? 503 : 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** From now on the chat refuses what mentions one of these, and nothing else. */
export async function chatRefuses(...texts: readonly string[]): Promise<void> {
  const response = await fetch(told('E2E_ALERTS_URL') + CONTROL, { method: 'POST', body: JSON.stringify(texts) });
  if (!response.ok) throw new Error(`the chat answers ${response.status}`);
}
