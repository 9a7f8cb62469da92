import { Secret } from '#server/kernel/secret.ts';

const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

/** Reads seeds of Ed25519 keys, base64 separated by commas. Returns what is wrong as text, never the value itself. */
export function parseSigningSeeds(text: string): readonly Secret[] | string {
  const seeds = text.split(',').map((seed) => seed.trim());
  if (!seeds.every((seed) => BASE64_OF_32_BYTES.test(seed))) return 'every key is 32 bytes in base64';
  if (new Set(seeds).size < seeds.length) return 'a key is named twice';
  return seeds.map((seed) => new Secret(seed));
}
