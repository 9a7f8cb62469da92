import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import { postOnce } from './http-post.ts';
import { judgeTransport } from './transport-verdicts.ts';

const SEQUENCE = 0x30;
const ED25519 = der(SEQUENCE, Buffer.from('06032b6570', 'hex'));

/** One DER value; every value here is shorter than 64 KiB. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** A certificate for `localhost` that vouches for itself, in PEM. */
function selfSigned({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): string {
  const name = der(
    SEQUENCE,
    der(0x31, der(SEQUENCE, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('localhost')))),
  );
  const validity = der(SEQUENCE, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('490101000000Z')));
  const keyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const serial = der(0x02, Buffer.from([1]));
  const toSign = der(SEQUENCE, serial, ED25519, name, validity, name, keyInfo);
  const signature = der(0x03, Buffer.from([0]), sign(null, toSign, privateKey));
  const base64 = der(SEQUENCE, toSign, ED25519, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

test('a certificate nobody vouches for is refused before anything of the request is written', async () => {
  const keys = generateKeyPairSync('ed25519');
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
  let received = '';
  const server = tls.createServer({ key, cert: selfSigned(keys) }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const url = new URL(`https://127.0.0.1:${port}/`);
  const result = await postOnce({ url, headers: {}, body: '{"secret":1}', deadlineMs: 1000, bodyBytesMax: 1000 });
  await new Promise((resolve) => server.close(resolve));
  expect(result).toEqual({ kind: 'failed', bytesWritten: false, error: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(received).toBe('');
  expect(judgeTransport(false, 'DEPTH_ZERO_SELF_SIGNED_CERT')).toMatchObject({ kind: 'blocked', scope: 'provider' });
});
