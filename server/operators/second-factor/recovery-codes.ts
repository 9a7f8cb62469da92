import { createHash, randomBytes } from 'node:crypto';
import { toBase32 } from './base32.ts';

export const RECOVERY_CODES = 10;
const BYTES = 10;

/** Ten codes of 80 random bits in groups of four: nothing to guess, so a plain hash is enough to keep. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => toBase32(randomBytes(BYTES)).replace(/.{4}(?=.)/g, '$&-'));

/** However it was typed: without groups, in small letters, with spaces. */
export const hashOfRecoveryCode = (code: string): string =>
  createHash('sha256')
    .update(code.toUpperCase().replace(/[^A-Z2-7]/g, ''))
    .digest('hex');
