import net, { type Socket } from 'node:net';

/** A TCP server for tests that want to decide every byte, or none. */
export interface RawServer {
  readonly port: number;
  readonly url: string;
  /** How many connections were opened. */
  connections(): number;
  /** Everything received so far, over all connections. */
  received(): string;
  close(): Promise<void>;
}

export interface RawBehaviour {
  readonly onConnection?: (socket: Socket) => void;
  /** Called for each piece of a request. */
  readonly onData?: (socket: Socket, received: string) => void;
}

export async function startRawServer({ onConnection, onData }: RawBehaviour): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  let received = '';
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => sockets.delete(socket));
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      onData?.(socket, received);
    });
    onConnection?.(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    connections: () => connections,
    received: () => received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A whole HTTP reply that ends its connection. */
export function httpReply(status: number, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Status\r\n${lines.join('')}Connection: close\r\n\r\n${body}`;
}

/** Answers every request the same way. */
export function alwaysReplies(reply: string): RawBehaviour {
  return { onData: (socket) => socket.end(reply) };
}
