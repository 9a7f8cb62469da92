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

/** The keys that sign heads of the chain: the first one signs, all of them are believed. None: nothing is signed. */
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
    const [key] = this.#keys;
    if (!key) return null;
    const { position, hash: reached, at } = head;
    const signature = sign(null, Buffer.from(headText(head)), key.privateKey).toString('base64');
    return { position, hash: reached, at, keyId: key.id, signature };
  }

  hasSigned({ signature, keyId, ...head }: SignedHead): boolean {
    const key = this.#keys.find(({ id }) => id === keyId);
    if (!key) return false;
    return verify(null, Buffer.from(headText(head)), key.publicKey, Buffer.from(signature, 'base64'));
  }

  publicKeys(): PublicKey[] {
    return this.#keys.map(({ id, publicKey }) => ({ id, spki: spkiOf(publicKey) }));
  }
}

const spkiOf = (key: KeyObject): string => key.export({ format: 'der', type: 'spki' }).toString('base64');

/** Named by what it is, so that no two keys can share a name. */
const keyIdOf = (key: KeyObject): string =>
  hash('sha256', key.export({ format: 'der', type: 'spki' }), 'hex').slice(0, KEY_ID_CHARS);
