import { expect, test } from 'vitest';
import { retryDelayMs, SEND_DEADLINE_MS, SENDING_LEASE_MS } from './delivery-policy.ts';

test('the next try comes after 5 s, then twice as long each time, and never later than half an hour', () => {
  const planned = [1, 2, 3, 4, 9, 10, 100].map((tries) => retryDelayMs(tries, () => 0.5));
  expect(planned).toEqual([5_000, 10_000, 20_000, 40_000, 1_280_000, 1_800_000, 1_800_000]);
});

test('a fifth earlier or later, so that many do not come back at once', () => {
  expect([retryDelayMs(1, () => 0), retryDelayMs(1, () => 1)]).toEqual([4_000, 6_000]);
});

test('a worker keeps its turn for longer than a receiver may take', () => {
  expect(SENDING_LEASE_MS).toBeGreaterThan(SEND_DEADLINE_MS);
});
