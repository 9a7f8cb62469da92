import { Agent, request } from 'node:http';

export interface Call {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Slice {
  readonly requests: number;
  readonly ms: number;
  readonly latencies: readonly number[];
  readonly errors: number;
  readonly firstError: string | null;
  readonly bytes: number;
}

export interface SliceOptions {
  readonly port: number;
  /** The next call; null when there is nothing left to ask. */
  readonly next: () => Call | null;
  /** Stands in every good reply: an empty or refused one never counts as a fast one. */
  readonly expect: string;
  readonly connections: number;
  readonly ms: number;
  readonly requestsMax: number;
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

const send = (agent: Agent, port: number, { path, method, headers, body }: Call): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const length: Record<string, number> = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = { agent, host: '127.0.0.1', port, path, method, headers: { ...headers, ...length } };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', reject);
    });
    sent.setTimeout(30_000, () => sent.destroy(new Error('no reply in 30 s')));
    sent.on('error', reject);
    sent.end(body);
  });

/** One call over a connection of its own. */
export async function callOnce(port: number, call: Call): Promise<Reply> {
  const agent = new Agent();
  try {
    return await send(agent, port, call);
  } finally {
    agent.destroy();
  }
}

/** A closed loop: each connection sends its next call when the last one is answered. Bounded in time and in count. */
export async function runSlice(options: SliceOptions): Promise<Slice> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const latencies: number[] = [];
  const errors: string[] = [];
  let begun = 0;
  let bytes = 0;
  const started = performance.now();
  const until = started + options.ms;
  const one = async (call: Call) => {
    const from = performance.now();
    try {
      const { status, text } = await send(agent, options.port, call);
      if (status !== 200 || !text.includes(options.expect)) throw new Error(`${status} ${text.slice(0, 200)}`);
      latencies.push(performance.now() - from);
      bytes += text.length;
    } catch (error) {
      errors.push(error instanceof Error ? error.message : String(error));
    }
  };
  const loop = async () => {
    while (performance.now() < until && begun < options.requestsMax && errors.length < 20) {
      begun += 1;
      const call = options.next();
      if (!call) return;
      await one(call);
    }
  };
  await Promise.all(Array.from({ length: options.connections }, loop));
  const ms = performance.now() - started;
  agent.destroy();
  return { requests: latencies.length, ms, latencies, errors: errors.length, firstError: errors[0] ?? null, bytes };
}
