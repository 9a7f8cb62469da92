import { BlockList } from 'node:net';
import { expect, test } from 'vitest';
import { parseNetworks } from './networks.ts';

test('addresses and networks of both families are read', () => {
  const networks = parseNetworks('10.0.0.7, 10.1.0.0/16,2001:db8::/32,');
  if (!(networks instanceof BlockList)) throw new Error(networks);
  expect([
    networks.check('10.0.0.7'),
    networks.check('10.0.0.8'),
    networks.check('10.1.255.1'),
    networks.check('2001:db8:9::1', 'ipv6'),
    networks.check('2001:db9::1', 'ipv6'),
  ]).toEqual([true, false, true, true, false]);
});

test.each(['10.0.0', 'proxy.internal', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/-1', '::1/129', '*'])(
  'anything else is refused: %s',
  (text) => {
    expect(parseNetworks(text)).toEqual(expect.any(String));
  },
);
