import { Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { alwaysReplies, httpReply, type RawServer, startRawServer } from '#server/simulators/index.ts';
import { type PostOrder, postOnce } from './http-post.ts';

const servers: RawServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function listening(...args: Parameters<typeof startRawServer>): Promise<RawServer> {
  const server = await startRawServer(...args);
  servers.push(server);
  return server;
}

function to(server: { url: string }, order: Partial<PostOrder> = {}): PostOrder {
  return { url: new URL(server.url), headers: {}, body: '{"a":1}', deadlineMs: 400, bodyBytesMax: 1000, ...order };
}

describe('one POST', () => {
  test('comes back with status, headers and body', async () => {
    const server = await listening(alwaysReplies(httpReply(207, '{"fine":true}', { 'Retry-After': '7' })));
    const result = await postOnce(to(server));
    expect(result).toMatchObject({ kind: 'replied', status: 207, body: '{"fine":true}' });
    expect(result.kind === 'replied' && result.headers['retry-after']).toBe('7');
  });

  test('uses a socket of its own and asks for it to be closed', async () => {
    const server = await listening(
      alwaysReplies(httpReply(200, '{}').replace('Connection: close', 'Connection: keep-alive')),
    );
    await postOnce(to(server));
    await postOnce(to(server));
    expect(server.connections()).toBe(2);
    expect(server.received().match(/connection: close/gi)).toHaveLength(2);
  });

  test('is not repeated when the connection breaks', async () => {
    const server = await listening({ onData: (socket) => socket.destroy() });
    const result = await postOnce(to(server));
    expect(result).toMatchObject({ kind: 'failed', bytesWritten: true });
    expect(server.connections()).toBe(1);
  });

  test('does not follow a redirect', async () => {
    const other = await listening(alwaysReplies(httpReply(200, '{}')));
    const server = await listening(alwaysReplies(httpReply(307, '', { Location: other.url })));
    expect(await postOnce(to(server))).toMatchObject({ kind: 'replied', status: 307 });
    expect(other.connections()).toBe(0);
  });

  test('stops reading at the limit', async () => {
    const server = await listening(alwaysReplies(httpReply(200, 'x'.repeat(5000))));
    const result = await postOnce(to(server, { bodyBytesMax: 100 }));
    expect(result).toMatchObject({ kind: 'failed', bytesWritten: true, error: 'body_too_large', status: 200 });
  });

  test('fails when the body is shorter than announced', async () => {
    const server = await listening(alwaysReplies(httpReply(200, '{"half', { 'Content-Length': '40' })));
    expect(await postOnce(to(server))).toMatchObject({
      kind: 'failed',
      bytesWritten: true,
      status: 200,
      body: '{"half',
    });
  });

  test('fails when the last chunk never comes', async () => {
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{"a":1}\r\n';
    const server = await listening(alwaysReplies(chunked));
    expect(await postOnce(to(server))).toMatchObject({ kind: 'failed', bytesWritten: true });
  });

  test('fails on what is not HTTP', async () => {
    const server = await listening(alwaysReplies('SSH-2.0-hello\r\n\r\n'));
    expect(await postOnce(to(server))).toMatchObject({ kind: 'failed', bytesWritten: true });
  });

  test('fails when the server wants to change the protocol', async () => {
    const upgrade = 'HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n';
    const server = await listening(alwaysReplies(upgrade));
    expect(await postOnce(to(server))).toMatchObject({ kind: 'failed', bytesWritten: true });
  });

  test('cannot be made of headers that are not headers', async () => {
    const result = await postOnce(to({ url: 'http://127.0.0.1:1/' }, { headers: { 'X-Key': 'a\nb' } }));
    expect(result).toEqual({ kind: 'failed', bytesWritten: false, error: 'request_invalid' });
  });
});

describe('the deadline', () => {
  test('ends a call that is never answered', async () => {
    const server = await listening({});
    const result = await postOnce(to(server, { deadlineMs: 40 }));
    expect(result).toEqual({ kind: 'failed', bytesWritten: true, error: 'deadline' });
  });

  test('ends a body that trickles', async () => {
    const head = httpReply(200, '', { 'Content-Length': '100' });
    const server = await listening({ onData: (socket) => void socket.write(`${head}{`) });
    const result = await postOnce(to(server, { deadlineMs: 40 }));
    expect(result).toMatchObject({ kind: 'failed', bytesWritten: true, error: 'deadline', status: 200 });
  });

  test('ends a TLS handshake that is never answered, with nothing of the request written', async () => {
    const server = await listening({});
    const url = new URL(`https://127.0.0.1:${server.port}/`);
    const result = await postOnce(to(server, { url, deadlineMs: 40 }));
    expect(result).toEqual({ kind: 'failed', bytesWritten: false, error: 'deadline' });
    expect(server.received()).not.toContain('POST');
  });
});

describe('before the first byte', () => {
  test('a refused connection wrote nothing', async () => {
    const server = await startRawServer({});
    await server.close();
    expect(await postOnce(to(server))).toEqual({ kind: 'failed', bytesWritten: false, error: 'ECONNREFUSED' });
  });

  test('a name that does not exist wrote nothing', async () => {
    const result = await postOnce(to({ url: 'http://countersign.invalid/' }, { deadlineMs: 5000 }));
    expect(result).toMatchObject({
      kind: 'failed',
      bytesWritten: false,
      error: expect.stringMatching(/^(ENOTFOUND|EAI_)/),
    });
  });

  test('a reset during the TLS handshake wrote nothing', async () => {
    const server = await listening({ onData: (socket) => socket.resetAndDestroy() });
    const result = await postOnce(to(server, { url: new URL(`https://127.0.0.1:${server.port}/`) }));
    expect(result).toMatchObject({ kind: 'failed', bytesWritten: false, error: 'ECONNRESET' });
  });

  test('an answer that is not TLS wrote nothing', async () => {
    const server = await listening(alwaysReplies(httpReply(200, '{}')));
    const result = await postOnce(to(server, { url: new URL(`https://127.0.0.1:${server.port}/`) }));
    expect(result).toMatchObject({ kind: 'failed', bytesWritten: false });
    expect(server.received()).not.toContain('POST');
  });

  test('an order held back before connecting does not connect', async () => {
    const server = await listening(alwaysReplies(httpReply(200, '{}')));
    const beforeFirstByte = () => {
      throw new Error('frozen');
    };
    const result = await postOnce(to(server, { beforeFirstByte }));
    expect(result).toEqual({ kind: 'failed', bytesWritten: false, error: 'held_back' });
    expect(server.connections()).toBe(0);
  });

  test('scenario 44: an order held back after connecting destroys the socket and sends nothing', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await listening({ onConnection: (socket) => socket.on('close', () => closed.resolve()) });
    let asked = 0;
    const beforeFirstByte = () => {
      asked += 1;
      if (asked === 2) throw new Error('too late');
    };
    const result = await postOnce(to(server, { beforeFirstByte }));
    await closed.promise;
    expect(result).toEqual({ kind: 'failed', bytesWritten: false, error: 'held_back' });
    expect(server.connections()).toBe(1);
    expect(server.received()).toBe('');
  });

  test('the last check is made in the tick of the first byte', async () => {
    const server = await listening(alwaysReplies(httpReply(200, '{}')));
    const events: string[] = [];
    const write = vi.spyOn(Socket.prototype, 'write');
    const beforeFirstByte = () => {
      events.push(`checked after ${write.mock.calls.length} writes`);
      queueMicrotask(() => events.push(`tick over after ${write.mock.calls.length} writes`));
    };
    await postOnce(to(server, { beforeFirstByte }));
    expect(events).toEqual([
      'checked after 0 writes',
      'tick over after 0 writes',
      'checked after 0 writes',
      expect.stringMatching(/^tick over after [1-9] writes$/),
    ]);
  });
});
