import { expect, it } from 'vitest';
import { listMode } from './list-mode.ts';

it('is the asset’s own, and otherwise that of all the others', () => {
  const rules = { modes: [{ asset: 'LTC', mode: 'require' as const }], otherwise: 'warn' as const };
  expect(listMode(rules, 'LTC')).toBe('require');
  expect(listMode(rules, 'BELLS')).toBe('warn');
});
