import { describe, expect, test } from 'vitest';
import {
  ATTEMPTS_MAX,
  LEASE_SLACK_MS,
  lookDelayMs,
  nextLookAtPaid,
  retryDelayMs,
  SEND_WITHIN_MS,
} from './payout-policy.ts';

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

describe('a payment out of a wallet that was proven', () => {
  const paidAt = new Date('2026-03-01T00:00:00Z');
  const at = (minutes: number) => new Date(paidAt.getTime() + minutes * 60_000);
  const nextInMin = (now: number, lookedAt: number | null) => {
    const inMs = nextLookAtPaid(paidAt, { lookedAt: lookedAt === null ? null : at(lookedAt), now: at(now) });
    return inMs === null ? null : inMs / 60_000;
  };

  test.each([
    [0, null, 10],
    [10, 0, 50],
    [60, 10, 1_380],
    [1_440, 60, null],
    [9_999, 1_440, null],
  ])('%i minutes after, looked at before after %s, is looked for again in %s', (now, lookedAt, inMin) => {
    expect(nextInMin(now, lookedAt)).toBe(inMin);
  });

  test('is not looked for more often when somebody asks in between, nor less', () => {
    expect(nextInMin(4, 0)).toBeNull();
    expect(nextInMin(10, 4)).toBe(50);
    expect(nextInMin(11, 10)).toBeNull();
    expect(nextInMin(5, -30)).toBe(5);
  });
});

test('a lease outlives the time in which the first byte may leave, whatever the deadline', () => {
  expect(LEASE_SLACK_MS).toBeGreaterThan(SEND_WITHIN_MS);
});
