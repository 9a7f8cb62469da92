import { expect, it } from 'vitest';
import { breakerReason } from './breaker-reason.ts';

const symbolOf = (asset: string) => (asset === 'BSC:0xabc' ? 'USDT' : asset);

it('names the limit that was reached, and the asset by its symbol', () => {
  expect(breakerReason('value_spent 500 BSC:0xabc', symbolOf)).toEqual({ why: 'value_spent', seen: '500 USDT' });
  expect(breakerReason('value_spent 0.5 LTC', symbolOf)).toEqual({ why: 'value_spent', seen: '0.5 LTC' });
});

it('says how many payouts failed', () => {
  expect(breakerReason('payouts_failed 3', symbolOf)).toEqual({ why: 'payouts_failed', seen: '3' });
});

it('leaves what a person wrote', () => {
  expect(breakerReason('value_spent on the wrong wallet, says Kim', symbolOf)).toBeNull();
  expect(breakerReason('the pool is down', symbolOf)).toBeNull();
});
