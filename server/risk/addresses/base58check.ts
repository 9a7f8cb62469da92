import { createHash } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Version, 20 bytes of hash, 4 bytes of checksum. */
const ADDRESS_BYTES = 25;

/** What a base58check address says: one version byte and a hash of 20 bytes. */
export interface Base58Address {
  readonly version: number;
  readonly hash: string;
}

/** Reads a base58check address; null for whatever is none, a wrong checksum included. */
export function readBase58Check(text: string): Base58Address | null {
  const bytes = decode(text);
  if (bytes?.length !== ADDRESS_BYTES) return null;
  const payload = bytes.subarray(0, -4);
  if (!sha256(sha256(payload)).subarray(0, 4).equals(bytes.subarray(-4))) return null;
  return { version: payload.readUInt8(0), hash: payload.subarray(1).toString('hex') };
}

/** Every `1` in front is a byte of zero; the rest is one number to the base of 58. */
function decode(text: string): Buffer | null {
  if (text.length < 26 || text.length > 35) return null;
  let value = 0n;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return null;
    value = value * 58n + BigInt(digit);
  }
  const zeros = text.length - text.replace(/^1+/, '').length;
  const hex = value === 0n ? '' : value.toString(16);
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')]);
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
