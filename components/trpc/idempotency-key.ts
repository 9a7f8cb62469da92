const KEY_BYTES = 16;

/**
 * One key for each body, for as long as the form is open: sending the same again after a lost answer is recognised by
 * the server, and a corrected body is a new instruction.
 */
export function newIdempotencyKeys(): (body: string) => string {
  const keys = new Map<string, string>();
  return (body) => {
    const key = keys.get(body) ?? randomKey();
    keys.set(body, key);
    return key;
  };
}

function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return `console-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
