import { expect, test } from 'vitest';
import type { WithdrawalView } from '#server/withdrawals/contract.ts';
import { explanation } from './summary.tsx';

const said = (facts: Partial<WithdrawalView>) =>
  explanation(
    { kind: 'wallet_transfer', status: 'failed', paidOnce: null, timeline: [], ...facts } as WithdrawalView,
    false,
  );

test('a failed one is not said to be unsent where a payment of it was made', () => {
  expect(said({})).toBe('failed.wallet');
  expect(said({ paidOnce: 'late' })).toBe('paid_once.late');
  expect(said({ kind: 'mining', status: 'rejected', paidOnce: 'late' })).toBe('paid_once.late');
  expect(said({ paidOnce: 'taken_back' })).toBe('paid_once.taken_back');
});

test('what a rule of risk refused was never set aside, so nothing went back', () => {
  const event = (action: string) => ({ action }) as WithdrawalView['timeline'][number];
  expect(said({ status: 'cancelled', timeline: [event('withdrawal.requested')] })).toBe('cancelled.wallet');
  expect(said({ status: 'cancelled', timeline: [event('withdrawal.blocked')] })).toBe('blocked');
});
