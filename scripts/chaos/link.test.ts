import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Link } from './link.ts';

let echo: Server;
let link: Link;
beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const address = echo.address();
  link = await Link.to(typeof address === 'object' && address ? address.port : 0);
});
afterEach(async () => {
  await link.close();
  echo.close();
});

async function joined(): Promise<Socket> {
  const socket = connect(link.port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function heard(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString();
}

test('what is said goes through, late if told so, and in order', async () => {
  const socket = await joined();
  expect(await heard(socket, 'one')).toBe('one');
  link.delay(5);
  expect(await heard(socket, 'two')).toBe('two');
});

test('a cut ends every connection with a reset, also one that was half closed before', async () => {
  const [first, second] = [await joined(), await joined()];
  expect(await heard(first, 'one')).toBe('one');
  const failed = once(first, 'error');
  link.cut();
  expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
  const third = await joined();
  expect(await heard(third, 'three')).toBe('three');
  link.halfClose();
  await once(third, 'end');
  link.cut();
  await once(third, 'close');
  second.destroy();
});

test('in a black hole nothing is heard until it is over', async () => {
  const socket = await joined();
  expect(await heard(socket, 'one')).toBe('one');
  link.blackHole(true);
  const answer = heard(socket, 'two');
  const early = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 30, 'silence'))]);
  expect(early).toBe('silence');
  link.blackHole(false);
  expect(await answer).toBe('two');
});
