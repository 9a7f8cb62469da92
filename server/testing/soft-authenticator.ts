import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';

/** Person present and verified. */
const PRESENT_AND_VERIFIED = 0x05;

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

interface Told {
  readonly origin?: string;
  readonly rpId?: string;
  readonly flags?: number;
  readonly type?: string;
}

/** A passkey without a browser: makes the answers that an authenticator makes, right or, when told, wrong. */
export class SoftAuthenticator {
  readonly #origin: string;
  readonly #key: KeyObject;
  /** Of the credential, base64url. */
  readonly id: string;

  /** `keyText`: a P-256 key as PKCS #8 in base64; made up when absent. */
  constructor(origin: string, { keyText, id }: { keyText?: string; id?: string } = {}) {
    this.#origin = origin;
    this.#key = keyText
      ? createPrivateKey({ key: Buffer.from(keyText, 'base64'), format: 'der', type: 'pkcs8' })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    this.id = id ?? randomBytes(32).toString('base64url');
  }

  /** What the console keeps of it. */
  passkey(name: string): { credentialId: string; publicKey: string; transports: string[]; name: string } {
    return { credentialId: this.id, publicKey: this.#coseKey(), transports: ['internal'], name };
  }

  answer(challenge: string, { origin = this.#origin, rpId = new URL(this.#origin).hostname, flags, type }: Told = {}) {
    const client = { type: type ?? 'webauthn.get', challenge, origin, crossOrigin: false };
    const clientData = Buffer.from(JSON.stringify(client));
    const counter = Buffer.alloc(4);
    const authenticatorData = Buffer.concat([sha256(rpId), Buffer.of(flags ?? PRESENT_AND_VERIFIED), counter]);
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), this.#key);
    return {
      id: this.id,
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'),
      },
    };
  }

  /** CBOR of {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}. */
  #coseKey(): string {
    const { x = '', y = '' } = createPublicKey(this.#key).export({ format: 'jwk' });
    const point = [Buffer.from('215820', 'hex'), Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex')];
    return Buffer.concat([Buffer.from('a5010203262001', 'hex'), ...point, Buffer.from(y, 'base64url')]).toString(
      'base64url',
    );
  }
}
