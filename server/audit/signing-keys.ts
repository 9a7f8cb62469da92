import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { Secret } from '#server/kernel/secret.ts';
import { type Head, headText, type SignedHead } from './chain.ts';

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_ID_CHARS = 16;

interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Whose signature it is may be told to everybody: in base64, as SPKI. */
export interface PublicKey {
  readonly id: string;
  readonly spki: string;
}

export interface TextSignature {
  readonly keyId: string;
  /** Ed25519 in base64. */
  readonly signature: string;
}

/** The keys that sign heads of the chain, and exports: the first one signs, all of them are believed. None: nothing is signed. */
export class SigningKeys {
  readonly #keys: readonly SigningKey[];

  constructor(seeds: readonly Secret[]) {
    this.#keys = seeds.map((seed) => {
      const key = Buffer.concat([PKCS8_PREFIX, Buffer.from(seed.reveal(), 'base64')]);
      const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
      const publicKey = createPublicKey(privateKey);
      return { id: keyIdOf(publicKey), privateKey, publicKey };
    });
  }

  get areThere(): boolean {
    return this.#keys.length > 0;
  }

  /** Null where there is no key. */
  sign(head: Head): SignedHead | null {
    const signed = this.signText(headText(head));
    const { position, hash: reached, at } = head;
    return signed && { position, hash: reached, at, ...signed };
  }

  hasSigned({ signature, keyId, ...head }: SignedHead): boolean {
    return this.hasSignedText(headText(head), { keyId, signature });
  }

  /** For what begins with the name of its own form, so that nothing passes for something else. Null without a key. */
  signText(text: string): TextSignature | null {
    const [key] = this.#keys;
    if (!key) return null;
    return { keyId: key.id, signature: sign(null, Buffer.from(text), key.privateKey).toString('base64') };
  }

  hasSignedText(text: string, { keyId, signature }: TextSignature): boolean {
    const key = this.#keys.find(({ id }) => id === keyId);
    if (!key) return false;
    return verify(null, Buffer.from(text), key.publicKey, Buffer.from(signature, 'base64'));
  }

  /** That of the key that signs; null where there is none. */
  publicKey(): PublicKey | null {
    const [key] = this.#keys;
    return key ? { id: key.id, spki: spkiOf(key.publicKey) } : null;
  }
}

const spkiOf = (key: KeyObject): string => key.export({ format: 'der', type: 'spki' }).toString('base64');

/** Named by what it is, so that no two keys can share a name. */
const keyIdOf = (key: KeyObject): string =>
  hash('sha256', key.export({ format: 'der', type: 'spki' }), 'hex').slice(0, KEY_ID_CHARS);
