import { expect, it } from 'vitest';
import { addressGroups } from './address-text.ts';

it('an address is shown whole, in fours', () => {
  const address = '0x52908400098527886E0F7030069857D2E4169EE7';
  const groups = addressGroups(address).map(({ group }) => group);
  expect(groups.join('')).toBe(address);
  expect(groups.slice(0, 3)).toEqual(['0x', '5290', '8400']);
});

it('an account name stays in one piece', () => {
  expect(addressGroups('treasury@example.com')).toEqual([{ at: 0, group: 'treasury@example.com' }]);
});
