import { BlockList, isIP, isIPv6 } from 'node:net';

const BITS = { 4: 32, 6: 128 } as const;

/** Reads addresses and networks (`10.0.0.0/8`) separated by commas; none is a list too. */
export function parseNetworks(text: string): BlockList | string {
  const networks = new BlockList();
  for (const entry of text.split(',').map((each) => each.trim())) {
    if (entry === '') continue;
    const [address = '', bits, more] = entry.split('/');
    const family = isIP(address);
    if ((family !== 4 && family !== 6) || more !== undefined) return MALFORMED;
    const prefix = bits === undefined ? BITS[family] : /^\d{1,3}$/.test(bits) ? Number.parseInt(bits, 10) : -1;
    if (prefix < 0 || prefix > BITS[family]) return MALFORMED;
    networks.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
  }
  return networks;
}

export const isWithin = (networks: BlockList, ip: string): boolean => networks.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');

const MALFORMED = 'addresses or networks, such as 10.0.0.7,10.1.0.0/16';
