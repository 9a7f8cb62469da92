import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTransitCallback } from '#server/callbacks/transit-callback.ts';
import type { Container } from '#server/container.ts';

/** The web's door for callbacks as a real HTTP server, so that the simulated provider can knock. */
export interface CallbackDoor {
  readonly url: string;
  /** Until then nobody answers. */
  open(container: Container): void;
  /** How many were answered so far. */
  readonly answered: number;
  /** Resolves when so many have been answered. */
  untilAnswered(count: number): Promise<void>;
  close(): Promise<void>;
}

const BASE = '/api/callbacks/mblock/';

export async function callbackDoor(): Promise<CallbackDoor> {
  let container: Container | undefined;
  let answered = 0;
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = http.createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '/', 'http://door');
      const posted = new Request(url, { method: 'POST', body: Buffer.concat(chunks) });
      const secret = url.pathname.slice(BASE.length);
      const { status } = container
        ? await answerTransitCallback(container, posted, secret)
        : new Response(null, { status: 503 });
      response.writeHead(status).end();
      answered += 1;
      for (const { count, resolve } of waiting) if (count <= answered) resolve();
      waiting = waiting.filter(({ count }) => count > answered);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: (opened) => {
      container = opened;
    },
    get answered() {
      return answered;
    },
    untilAnswered: (count) =>
      count <= answered ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
