import { DomainError } from '#server/kernel/errors.ts';

/**
 * Refuses text that Postgres cannot keep as it came: NUL, which it takes in no text, and half a character, which would be
 * stored as another one. Asked once for every input, so that no field can forget it.
 */
export function refuseBrokenText(input: unknown): void {
  // A stack of our own: a caller decides how deep the input is.
  const left: unknown[] = [input];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
      throw new DomainError('input.invalid', 'text must not hold NUL or half a character');
    }
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) left.push(part);
  }
}
