import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fromBase32 } from '#server/operators/second-factor/base32.ts';
import { matchingStep } from '#server/operators/second-factor/totp.ts';
import { CodeTeller } from './authenticator.ts';

const KEY = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-24T09:00:10Z') }));
afterEach(() => vi.useRealTimers());

test('a code is told once and for how long it counts; where there is none left, people hear how long to wait', async () => {
  const teller = new CodeTeller(KEY, (ms) => vi.advanceTimersByTimeAsync(ms));
  const first = await teller.next();
  const second = await teller.next();
  expect([first.seconds, second.seconds]).toEqual([50, 80]);
  const waits: number[] = [];
  const third = await teller.next((seconds) => waits.push(seconds));
  expect(waits).toEqual([20]);
  const codes = [first.code, second.code, third.code];
  expect(new Set(codes).size).toBe(3);
  expect(matchingStep(fromBase32(KEY), codes[2] ?? '', new Date())).not.toBeNull();
});
