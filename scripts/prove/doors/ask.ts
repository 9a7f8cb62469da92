import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** One request, sent exactly as it stands: no path is tidied up, no header is left out. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const ANSWER_WITHIN_MS = 15_000;

export function ask(url: string, { method, path, headers = {}, body }: Asked): Promise<Reply> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const sent = request({ agent, hostname, port, method, path, headers: { ...length, ...headers } }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('error', reject);
    answer.on('end', () =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
    );
  });
  sent.setTimeout(ANSWER_WITHIN_MS, () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
  sent.on('error', (cause: NodeJS.ErrnoException) => {
    // A server closes a connection when it likes; who meets that on a kept one asks on another (RFC 9112, 9.3.1).
    if (sent.reusedSocket && cause.code === 'ECONNRESET') resolve(ask(url, { method, path, headers, body }));
    else reject(new Error(`${cause.message}: ${method} ${path.slice(0, 200)}`, { cause }));
  });
  sent.end(body);
  return promise;
}

/** All of them, a few at a time and in this order. */
export async function inTurns<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const one = async () => {
    for (let next = left.next(); !next.done; next = left.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: 8 }, one));
}
