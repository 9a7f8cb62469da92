import { expect, test } from 'vitest';
import type { AssetView } from '#server/assets/contract.ts';
import { depositIn, readDeposit } from './deposit.ts';

const BNB = { asset: 'BSC:BNB', chain: 'bsc', contract: null, symbol: 'BNB', scale: 2, enabled: true } as AssetView;

function typed(fields: Readonly<Record<string, string>>) {
  const form = new FormData();
  for (const [name, text] of Object.entries(fields)) form.set(name, text);
  return readDeposit(form, [BNB]);
}
const WHOLE = { asset: 'BSC:BNB', amount: ' 0.05 ', reference: ' 0xab ' };

test('what was typed is read, and what the first person proposed is the same', () => {
  const body = { asset: 'BSC:BNB', amount: '0.05', reference: '0xab' };
  expect(typed(WHOLE)).toEqual({ problems: {}, body: { ...body, credited: false } });
  expect(typed({ ...WHOLE, credited: 'on' }).body).toEqual({ ...body, credited: true });
  expect(depositIn({ ...body, credited: true })).toEqual({ ...body, credited: true });
  expect(depositIn({ ...body, amount: null })).toBeNull();
});

test('every field says what is wrong with it', () => {
  expect(typed({})).toEqual({ problems: { asset: 'choose', amount: 'empty', reference: true }, body: null });
  expect(typed({ ...WHOLE, asset: 'LTC' })).toEqual({ problems: { asset: 'choose' }, body: null });
  expect(typed({ ...WHOLE, amount: '0.001' })).toEqual({ problems: { amount: 'too_precise' }, body: null });
});
