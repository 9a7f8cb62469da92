import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret } from '#server/kernel/secret.ts';

export interface CipherKey {
  readonly id: string;
  /** 32 bytes in base64. */
  readonly base64: Secret;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
/** Said when opening too: a shorter tag would be easier to forge, and Node takes one that short unless told otherwise. */
const authTagLength = 16;

/**
 * Seals wallet keys for the table: AES-256-GCM, the wallet's id as associated data, so that a sealed key moved to
 * another row does not open. Text form: `v1:<key id>:<nonce>:<tag>:<ciphertext>`, base64.
 */
export class WalletKeyCipher {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #current: { readonly id: string; readonly key: Buffer };

  /** The first key seals, all of them open. */
  constructor(keys: readonly CipherKey[]) {
    const [current] = keys;
    if (!current) throw new TypeError('at least one encryption key is needed');
    const bytes = ({ base64 }: CipherKey) => Buffer.from(base64.reveal(), 'base64');
    this.#current = { id: current.id, key: bytes(current) };
    this.#keys = new Map(keys.map((each) => [each.id, bytes(each)]));
  }

  /** Names the key that seals. */
  get currentId(): string {
    return this.#current.id;
  }

  /** Names the keys that only open. */
  get olderIds(): readonly string[] {
    return [...this.#keys.keys()].filter((id) => id !== this.#current.id);
  }

  seal(walletKey: Secret, walletId: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#current.key, nonce, { authTagLength }).setAAD(Buffer.from(walletId));
    const sealed = Buffer.concat([cipher.update(walletKey.reveal(), 'utf8'), cipher.final()]);
    const parts = [nonce, cipher.getAuthTag(), sealed].map((bytes) => bytes.toString('base64'));
    return ['v1', this.#current.id, ...parts].join(':');
  }

  /** Whether it can be opened here, and is not damaged. */
  opens(text: string, walletId: string): boolean {
    try {
      this.open(text, walletId);
      return true;
    } catch {
      return false;
    }
  }

  /** Throws when the text was altered, belongs to another wallet, or was sealed with a key that is not here. */
  open(text: string, walletId: string): Secret {
    const [version, id = '', nonce = '', tag = '', sealed = ''] = text.split(':');
    const key = this.#keys.get(id);
    if (version !== 'v1' || !key) throw new Error(`no encryption key ${JSON.stringify(id)} to open a wallet key with`);
    const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, 'base64'), { authTagLength })
      .setAAD(Buffer.from(walletId))
      .setAuthTag(Buffer.from(tag, 'base64'));
    const opened = Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]);
    return new Secret(opened.toString('utf8'));
  }
}
