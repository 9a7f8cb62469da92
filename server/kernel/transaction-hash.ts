const HASH = /^(?:0x)?([0-9a-f]{64})$/i;

export const isTransactionHash = (text: string): boolean => HASH.test(text);

/** One spelling for each transaction of a chain, so that the same is never taken for two; anything else stays as it is. */
export function canonicalTransaction(text: string): string {
  const digits = HASH.exec(text)?.[1];
  return digits ? `0x${digits.toLowerCase()}` : text;
}
