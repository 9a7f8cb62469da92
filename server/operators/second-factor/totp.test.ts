import { describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from './base32.ts';
import { codeAt, keyUri, matchingStep, stepAt } from './totp.ts';

const key = Buffer.from('12345678901234567890');
const second = (at: number) => new Date(at * 1_000);

// RFC 6238, appendix B.
it.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('at second %i the code of the RFC is %s', (at, code) => {
  expect(codeAt(key, stepAt(second(at)), 8)).toBe(code);
});

describe('a code', () => {
  const now = second(1_234_567_890);
  const step = stepAt(now);

  it.each([-1, 0, 1])('of the step %i from now is taken, and its step is known', (off) => {
    expect(matchingStep(key, codeAt(key, step + off), now)).toBe(step + off);
  });

  it.each([-2, 2, 100])('of the step %i from now is not', (off) => {
    expect(matchingStep(key, codeAt(key, step + off), now)).toBeNull();
  });

  it.each(['', '12345', '1234567', 'abcdef', ' 05924'])('that is written %j is not', (code) => {
    expect(matchingStep(key, code, now)).toBeNull();
  });
});

describe('a key as text', () => {
  // RFC 4648, section 10, without the padding.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('%j is %j, and back', (text, base32) => {
    expect(toBase32(Buffer.from(text))).toBe(base32);
    expect(fromBase32(base32).toString()).toBe(text);
  });

  it('holds no other letter', () => {
    expect(() => fromBase32('MZXW1')).toThrow(TypeError);
  });

  it('is read by an app from an address', () => {
    expect(keyUri('MZXW6', 'kim@example.test')).toBe(
      'otpauth://totp/Countersign:kim%40example.test?secret=MZXW6&issuer=Countersign',
    );
  });
});
