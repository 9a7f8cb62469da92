const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** Reads addresses separated by commas; none is a list too. */
export function parseAddresses(text: string): string[] | string {
  const addresses = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return addresses.every((address) => ADDRESS.test(address))
    ? addresses
    : 'every address is 0x and 40 hexadecimal digits';
}
