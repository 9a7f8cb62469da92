import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBothZones,
  formatCountdown,
  formatInstant,
  formatRemaining,
  instantOf,
  startOfDay,
} from './time-text.ts';

describe('a time on the screen', () => {
  it('is the same instant in either zone', () => {
    expect(formatInstant('2026-11-23T15:30:00.000Z', 'Asia/Seoul')).toBe('2026-11-24 00:30:00');
    expect(formatInstant('2026-11-23T15:30:00.000Z', 'UTC')).toBe('2026-11-23 15:30:00');
    expect(formatBothZones('2026-11-23T15:30:00Z')).toBe('2026-11-24 00:30:00 KST · 2026-11-23 15:30:00 UTC');
  });

  it('starts a day where the zone starts it', () => {
    expect(startOfDay('2026-11-24', 'Asia/Seoul')).toBe('2026-11-23T15:00:00.000Z');
    expect(startOfDay('2026-11-24', 'Asia/Seoul', 1)).toBe('2026-11-24T15:00:00.000Z');
    expect(startOfDay('2026-11-24', 'UTC')).toBe('2026-11-24T00:00:00.000Z');
  });

  it('has an age in both languages', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(formatAge('2026-11-23T11:59:48Z', now, 'ko')).toBe('12초 전');
    expect(formatAge('2026-11-23T11:54:00Z', now, 'ko')).toBe('6분 전');
    expect(formatAge('2026-11-23T09:00:00Z', now, 'ko')).toBe('3시간 전');
    expect(formatAge('2026-11-20T12:00:00Z', now, 'en')).toBe('3 days ago');
  });

  it('is read from a field in the zone it was written in', () => {
    expect(instantOf('2026-11-24T14:05', 'Asia/Seoul')).toBe('2026-11-24T05:05:00.000Z');
    expect(instantOf('2026-11-24T14:05', 'UTC')).toBe('2026-11-24T14:05:00.000Z');
    expect(instantOf('', 'UTC')).toBeNull();
    expect(instantOf('2026-13-45T14:05', 'UTC')).toBeNull();
  });

  it('counts down in two units, and ends', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(formatRemaining('2026-11-24T11:58:00Z', now, 'ko')).toBe('23시간 58분');
    expect(formatRemaining('2026-11-23T12:03:09Z', now, 'ko')).toBe('3분 9초');
    expect(formatRemaining('2026-11-23T12:00:09Z', now, 'en')).toBe('9 sec');
    expect(formatRemaining('2026-11-26T15:00:00Z', now, 'en')).toBe('3 days 3 hr');
    expect(formatRemaining('2026-11-23T12:00:00Z', now, 'ko')).toBeNull();
  });

  it('is never in the future', () => {
    expect(formatAge('2026-11-23T12:00:09Z', Date.parse('2026-11-23T12:00:00Z'), 'ko')).toBe('0초 전');
  });
});

it('a clock that runs down has two digits for seconds, and nothing once it has come', () => {
  const now = Date.parse('2026-11-23T12:00:00.400Z');
  expect(formatCountdown('2026-11-23T12:00:42Z', now)).toBe('0:42');
  expect(formatCountdown('2026-11-23T12:10:05Z', now)).toBe('10:05');
  expect(formatCountdown('2026-11-23T14:01:00Z', now)).toBe('2:01:00');
  expect(formatCountdown('2026-11-23T12:00:00.400Z', now)).toBeNull();
});
