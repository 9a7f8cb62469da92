import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '#server/kernel/canonical-json.ts';
import { DomainError } from '#server/kernel/errors.ts';

/**
 * SHA-256 in hex of a procedure's path and of the input as it came: another amount, another key, another word of a note is
 * another action. Throws `input.invalid` for what is no JSON or is nested out of reason.
 */
export function actionDigest(action: string, input: unknown): string {
  try {
    const text = canonicalJson({ action, input: (input ?? null) as Json });
    return createHash('sha256').update(text).digest('hex');
  } catch {
    throw new DomainError('input.invalid', 'the input is not JSON of reasonable depth');
  }
}
