import { type BlockList, isIPv6 } from 'node:net';

export const isWithin = (networks: BlockList, ip: string): boolean => networks.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
