import { BlockList } from 'node:net';
import { describe, expect, test } from 'vitest';
import { addressBlock, ClientAddress } from './client-address.ts';

const trusted = new BlockList();
trusted.addSubnet('10.0.0.0', 8, 'ipv4');
trusted.addAddress('2001:db8::1', 'ipv6');
const addresses = new ClientAddress({ peerHeader: 'x-peer', trusted });
const from = (peer: string | null, forwarded?: string) =>
  addresses.of(new Headers({ ...(peer && { 'x-peer': peer }), ...(forwarded && { 'x-forwarded-for': forwarded }) }));

describe('where a call comes from', () => {
  test.each<[what: string, peer: string, forwarded: string | undefined, expected: string]>([
    ['the connection', '192.0.2.7', undefined, '192.0.2.7'],
    ['the connection, whatever a stranger claims', '192.0.2.7', '203.0.113.9', '192.0.2.7'],
    ['what a known proxy says', '10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['what it says last, not what was sent to it', '10.1.2.3', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['past a chain of known proxies', '10.1.2.3', '198.51.100.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['the last that can be read', '10.1.2.3', '203.0.113.9, unknown', '10.1.2.3'],
    ['an IPv4 address in IPv6 clothes', '::ffff:10.1.2.3', '::FFFF:203.0.113.9', '203.0.113.9'],
    ['a known proxy by IPv6', '2001:DB8::1', '2001:db8:9::5%eth0', '2001:db8:9::5'],
    ['a proxy that says nothing', '10.1.2.3', undefined, '10.1.2.3'],
  ])('is %s', (...[, peer, forwarded, expected]) => {
    expect(from(peer, forwarded)).toBe(expected);
  });

  test('is nowhere when the connection is not known, whatever was sent', () => {
    expect(from(null, '203.0.113.9')).toBeNull();
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', '2001:db8:0:1::/64'],
  ['2001:db8:0:1::5', '2001:db8:0:1::/64'],
  ['2001:0db8:0000:0001::', '2001:db8:0:1::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
])('the block of %s is %s', (address, block) => {
  expect(addressBlock(address)).toBe(block);
});
