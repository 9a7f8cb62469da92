import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

export const isSpelledAsAddress = (text: string): boolean => ADDRESS.test(text);

/** A BNB chain address. Mixed case must carry the right EIP-55 checksum; one case alone carries none. */
export function isChainAddress(text: string): boolean {
  if (!isSpelledAsAddress(text)) return false;
  const digits = text.slice(2);
  return digits === digits.toLowerCase() || digits === digits.toUpperCase() || text === withChecksum(text);
}

/** The address spelled with its EIP-55 checksum. */
export function withChecksum(address: string): string {
  const digits = address.slice(2).toLowerCase();
  const hash = bytesToHex(keccak_256(utf8ToBytes(digits)));
  const spelled = [...digits].map((digit, at) => ((hash[at] ?? '0') >= '8' ? digit.toUpperCase() : digit));
  return `0x${spelled.join('')}`;
}
