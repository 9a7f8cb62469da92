import { describe, expect, test } from 'vitest';
import { ATTEMPTS_MAX, LEASE_SLACK_MS, lookDelayMs, retryDelayMs, SEND_WITHIN_MS } from './payout-policy.ts';

describe('the wait before another try', () => {
  test.each([
    [1, 0],
    [2, 2_000],
    [3, 4_000],
    [4, 8_000],
  ])('after %i failed ones is %i ms, give or take a fifth', (failed, base) => {
    expect(retryDelayMs(failed, () => 0.5)).toBe(base);
    expect(retryDelayMs(failed, () => 0)).toBe(base * 0.8);
    expect(retryDelayMs(failed, () => 1)).toBe(base * 1.2);
  });

  test('there are as many steps as tries that can fail and be followed by another', () => {
    expect(retryDelayMs(ATTEMPTS_MAX, () => 0.5)).toBe(retryDelayMs(ATTEMPTS_MAX - 1, () => 0.5));
  });
});

describe('the wait before another look', () => {
  test('grows from 2 s and never passes a minute', () => {
    expect(lookDelayMs(0)).toBe(2_000);
    expect(lookDelayMs(1)).toBe(3_000);
    expect(lookDelayMs(5)).toBeGreaterThan(lookDelayMs(4));
    expect(lookDelayMs(10_000)).toBe(60_000);
  });
});

test('a lease outlives the time in which the first byte may leave, whatever the deadline', () => {
  expect(LEASE_SLACK_MS).toBeGreaterThan(SEND_WITHIN_MS);
});
