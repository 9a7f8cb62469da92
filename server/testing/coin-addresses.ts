import { createHash } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** The hash of the key that BIP-173 takes for its examples. */
export const BIP173_HASH = '751e76e8199196d454941c45d1b3a323f1433bd6';

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** The address of that key under another version byte. */
export function coinAddressOf(version: number): string {
  const payload = Buffer.concat([Buffer.from([version]), Buffer.from(BIP173_HASH, 'hex')]);
  const checksum = sha256(sha256(payload)).subarray(0, 4);
  let value = BigInt(`0x${Buffer.concat([payload, checksum]).toString('hex')}`);
  let text = '';
  for (; value > 0n; value /= 58n) text = ALPHABET.charAt(Number(value % 58n)) + text;
  return text;
}
