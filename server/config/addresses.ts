import { isChainAddress, isSpelledAsAddress } from './chain-address.ts';

/** Reads addresses separated by commas; none is a list too. A checksum that is there is right: it is there to be looked at. */
export function parseAddresses(text: string): string[] | string {
  const addresses = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (!addresses.every(isSpelledAsAddress)) return 'every address is 0x and 40 hexadecimal digits';
  const mistyped = addresses.find((address) => !isChainAddress(address));
  return mistyped ? `the checksum of ${mistyped} is wrong: a character of it was mistyped` : addresses;
}
