import { Secret } from '#server/kernel/secret.ts';

const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

export interface EncryptionKey {
  /** Stored beside what it encrypted, so that old rows stay readable after a change of keys. */
  readonly id: string;
  /** 32 bytes in base64. */
  readonly base64: Secret;
}

/** Reads `id:base64,id:base64`. Returns what is wrong as text, never the value itself. */
export function parseEncryptionKeys(text: string): readonly EncryptionKey[] | string {
  const keys: EncryptionKey[] = [];
  for (const part of text.split(',')) {
    const colon = part.indexOf(':');
    const id = part.slice(0, Math.max(colon, 0)).trim();
    const base64 = part.slice(colon + 1).trim();
    if (!KEY_ID.test(id)) return 'every key is written id:base64, the id of letters, digits, "_" and "-"';
    if (!BASE64.test(base64)) return `key ${id} is not ${KEY_BYTES} bytes in base64`;
    if (keys.some((key) => key.id === id)) return `key ${id} is named twice`;
    keys.push({ id, base64: new Secret(base64) });
  }
  return keys;
}
