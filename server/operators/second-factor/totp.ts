import { createHmac, timingSafeEqual } from 'node:crypto';

/** Time-based one-time codes (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, 30 seconds, six digits. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** A clock may be one step off, either way. */
const STEPS_ACCEPTED = [0, -1, 1] as const;

export const stepAt = (at: Date): number => Math.floor(at.getTime() / STEP_MS);

/** The code of one time step. */
export function codeAt(key: Buffer, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The time step whose code this is, or null. Every step is compared, so that the time taken says nothing. */
export function matchingStep(key: Buffer, code: string, at: Date): number | null {
  const now = stepAt(at);
  let found: number | null = null;
  for (const off of STEPS_ACCEPTED) {
    const expected = Buffer.from(codeAt(key, now + off));
    const given = Buffer.from(code);
    if (given.length === expected.length && timingSafeEqual(given, expected)) found ??= now + off;
  }
  return found;
}

/** What an authenticator app reads from a QR code. */
export function keyUri(keyText: string, account: string): string {
  const label = `Countersign:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?${new URLSearchParams({ secret: keyText, issuer: 'Countersign' })}`;
}
