import { createServer } from 'node:net';

function listens(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** `wanted` if nothing listens there, else the next free one of the twenty that follow, else any. */
export async function freePort(wanted: number, host = '127.0.0.1'): Promise<number> {
  for (let port = wanted; port !== 0 && port <= Math.min(wanted + 20, 65_535); port += 1) {
    if ((await listens(port, host)) !== undefined) return port;
  }
  const any = await listens(0, host);
  if (any === undefined) throw new Error(`no free port on ${host}`);
  return any;
}
