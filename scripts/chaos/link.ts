import { connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
}

/** A wire that can be cut: what connects to it is passed on to `port`, byte by byte, as long as nothing is wrong. */
export class Link {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #port: number;
  #delayMs = 0;
  #silent = false;

  private constructor(port: number) {
    this.#port = port;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#join(client));
  }

  static async to(port: number): Promise<Link> {
    const link = new Link(port);
    await new Promise<void>((resolve, reject) => {
      link.#server.once('error', reject);
      link.#server.listen(0, '127.0.0.1', resolve);
    });
    return link;
  }

  get port(): number {
    const address = this.#server.address();
    if (typeof address !== 'object' || !address) throw new Error('the link is closed');
    return address.port;
  }

  /** The other end has moved. */
  leadTo(port: number): void {
    this.#port = port;
  }

  /** Every connection ends at once, both ways, in the middle of whatever it was saying. */
  cut(): void {
    for (const { client, upstream } of this.#pairs) {
      reset(client);
      reset(upstream);
    }
  }

  /** The far end says no more, and still listens. */
  halfClose(): void {
    for (const { client } of this.#pairs) client.end();
  }

  delay(byMs: number): void {
    this.#delayMs = byMs;
  }

  /** Nothing gets through and nobody is told, new connections included; what was said is heard afterwards. */
  blackHole(on: boolean): void {
    this.#silent = on;
    for (const { client, upstream } of this.#pairs) {
      for (const socket of [client, upstream]) on ? socket.pause() : socket.resume();
    }
  }

  calm(): void {
    this.delay(0);
    this.blackHole(false);
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(client: Socket): void {
    const upstream = connect({ port: this.#port, host: '127.0.0.1', allowHalfOpen: true });
    const pair = { client, upstream };
    this.#pairs.add(pair);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.setNoDelay(true);
      from.on('data', (chunk) => this.#pass(chunk, from, to));
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
      if (this.#silent) from.pause();
    }
  }

  /** One piece at a time when there is a delay, so that none overtakes another. */
  #pass(chunk: Buffer, from: Socket, to: Socket): void {
    if (this.#delayMs === 0) {
      to.write(chunk);
      return;
    }
    from.pause();
    setTimeout(() => {
      to.write(chunk);
      if (!this.#silent) from.resume();
    }, this.#delayMs);
  }
}

/** What is still connecting, or has said its last word, cannot be reset: Node would keep its handle for ever. */
function reset(socket: Socket): void {
  if (socket.connecting || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
