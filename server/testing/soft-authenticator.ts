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
const CREDENTIAL_INCLUDED = 0x40;
/** CBOR of {fmt: 'none', attStmt: {}, authData: …}, up to the length of the last. */
const ATTESTATION_NONE = Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex');

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

interface Told {
  readonly origin?: string;
  readonly rpId?: string;
  readonly flags?: number;
  readonly type?: string;
  readonly count?: number;
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

  answer(
    challenge: string,
    { origin = this.#origin, rpId = new URL(this.#origin).hostname, flags, type, count = 0 }: Told = {},
  ) {
    const client = { type: type ?? 'webauthn.get', challenge, origin, crossOrigin: false };
    const clientData = Buffer.from(JSON.stringify(client));
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(count);
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

  /** What `navigator.credentials.create` answers: attestation `none`, the person verified. */
  attest(challenge: string, { origin = this.#origin, rpId = new URL(this.#origin).hostname, type }: Told = {}) {
    const client = { type: type ?? 'webauthn.create', challenge, origin, crossOrigin: false };
    const id = Buffer.from(this.id, 'base64url');
    const idLength = Buffer.alloc(2);
    idLength.writeUInt16BE(id.length);
    const credential = [Buffer.alloc(16), idLength, id, Buffer.from(this.#coseKey(), 'base64url')];
    const flags = Buffer.of(PRESENT_AND_VERIFIED | CREDENTIAL_INCLUDED);
    const authData = Buffer.concat([sha256(rpId), flags, Buffer.alloc(4), ...credential]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(authData.length);
    const attestation = Buffer.concat([ATTESTATION_NONE, length, authData]);
    return {
      id: this.id,
      response: {
        clientDataJSON: Buffer.from(JSON.stringify(client)).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
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
