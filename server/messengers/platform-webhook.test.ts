import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import { type HttpSink, startHttpSink } from '#server/testing/sinks.ts';
import { platformWebhook } from './platform-webhook.ts';

const secrets = [new Secret(`whsec_${Buffer.alloc(32, 7).toString('base64')}`)];
const guard = () => undefined;
let inside: Server;
let connections = 0;
let port = 0;
let sink: HttpSink;
beforeAll(async () => {
  sink = await startHttpSink();
  inside = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const address = inside.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterEach(() => sink.answer(200));
afterAll(async () => {
  inside.close();
  await sink.close();
});

const send = (url: string, lookup?: Parameters<typeof platformWebhook>[0]['lookup'], allowsLoopback = false) =>
  platformWebhook({ guard, addressRule: { allowsLoopback }, ...(lookup && { lookup }) })({
    eventId: 'event',
    url,
    secrets,
    body: '{}',
  });

/** A name server that says what it is told to, one answer after the other. */
function answers(...sets: readonly string[][]) {
  let asked = 0;
  const lookup = (_name: string, _options: unknown, done: (error: null, found: unknown) => void) => {
    const set = sets[Math.min(asked, sets.length - 1)] ?? [];
    asked += 1;
    done(
      null,
      set.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookup: lookup as unknown as NonNullable<Parameters<typeof send>[1]>, count: () => asked };
}

test('a name that resolves to an address inside is refused before any connection is made', async () => {
  for (const address of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1']) {
    const result = await send('https://platform.example/hooks', answers([address]).lookup);
    expect(result).toMatchObject({ kind: 'failed', error: 'address_refused' });
  }
  expect(connections).toBe(0);
});

test('one good address among several does not help', async () => {
  const result = await send('https://platform.example/hooks', answers(['93.184.215.14', '127.0.0.1']).lookup);
  expect(result).toMatchObject({ kind: 'failed', error: 'address_refused' });
  expect(connections).toBe(0);
});

test('a name that changes its mind is asked once: what was checked is what is connected to', async () => {
  const names = answers(['127.0.0.1'], ['203.0.113.9']);
  const result = await send(`http://localhost:${port}/hooks`, names.lookup, true);
  expect(result.kind).toBe('failed');
  expect(names.count()).toBe(1);
  expect(connections).toBe(1);
  connections = 0;
});

test('an address that was fine once and is not any more is refused at the next try', async () => {
  for (const url of [`http://127.0.0.1:${port}/`, 'https://user@platform.example/', `https://[::1]:${port}/`]) {
    expect(await send(url)).toMatchObject({ kind: 'failed', error: 'address_refused' });
  }
  expect(connections).toBe(0);
});

test.each([301, 302, 307, 308])('a redirect by %d is not followed: it counts as a failure', async (status) => {
  sink.answer(status, { location: `http://127.0.0.1:${port}/inside` });
  const result = await send(`${sink.url}/hooks`, undefined, true);
  expect(result).toMatchObject({ kind: 'failed', error: 'http_status', httpStatus: status });
  expect(connections).toBe(0);
});

test('nothing leaves while a transaction is open', async () => {
  const refuses = platformWebhook({
    guard() {
      throw new Error('inside a transaction');
    },
    addressRule: { allowsLoopback: true },
  });
  const before = sink.seen.length;
  await expect((async () => refuses({ eventId: 'event', url: sink.url, secrets, body: '{}' }))()).rejects.toThrow(
    'inside a transaction',
  );
  expect(sink.seen).toHaveLength(before);
});
