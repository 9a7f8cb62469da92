import { BlockList, isIP } from 'node:net';

/** Everything that is not the public internet, IANA's special-purpose registries for both families. */
const SPECIAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;
/** Of IPv6 only global unicast is let through, less what tunnels to, translates to or stands for another address. */
const SPECIAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [network, bits] of SPECIAL_V4) special.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of SPECIAL_V6) special.addSubnet(network, bits, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
const loopback = { 4: new BlockList(), 6: new BlockList() };
loopback[4].addSubnet('127.0.0.0', 8, 'ipv4');
loopback[6].addAddress('::1', 'ipv6');

export interface AddressRule {
  /** Outside production: a receiver on this machine, over plain http and any port. */
  readonly allowsLoopback: boolean;
}

/** Whether this very address, as resolved, may be connected to. An IPv4 address in the clothes of IPv6 never may. */
export function isAllowedIp(ip: string, { allowsLoopback }: AddressRule): boolean {
  if (allowsLoopback && isLoopback(ip)) return true;
  const family = isIP(ip);
  if (family === 4) return !special.check(ip, 'ipv4');
  return family === 6 && !ip.includes('%') && globalUnicast.check(ip, 'ipv6') && !special.check(ip, 'ipv6');
}

/** Why a webhook's address is refused, before any name is looked up; null when nothing in it speaks against it. */
export function whyNotWebhookUrl(
  text: string,
  rule: AddressRule,
): 'malformed' | 'scheme' | 'userinfo' | 'port' | 'host' | null {
  const url = URL.parse(text);
  if (!url || text.length > 2_000 || url.hash !== '') return 'malformed';
  if (url.username !== '' || url.password !== '') return 'userinfo';
  // The URL parser has turned every spelling of an IPv4 address, such as 0x7f.1, into the plain one.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLocal = rule.allowsLoopback && (host === 'localhost' || isLoopback(host));
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')) return 'scheme';
  if (isLocal) return null;
  if (url.port !== '') return 'port';
  if (isIP(host) !== 0) return isAllowedIp(host, rule) ? null : 'host';
  // Names without a dot, and those that never leave the machine or the office.
  return /^[^.]+\.?$|\.(?:local|localhost|internal|lan|home\.arpa|onion)\.?$/i.test(host) ? 'host' : null;
}

function isLoopback(ip: string): boolean {
  const family = isIP(ip);
  if (family === 4) return loopback[4].check(ip, 'ipv4');
  return family === 6 && !ip.includes('%') && loopback[6].check(ip, 'ipv6');
}
