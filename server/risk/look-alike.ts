/** So many characters at each end are what people compare, and what an address can be made to share. */
export const LOOK_ALIKE_CHARS = 4;

/** What people see of an address: its beginning up to and with the first characters that differ, and its end. */
export interface Silhouette {
  readonly head: string;
  readonly tail: string;
}

/** In lower case: the eye does not tell the cases of a checksum apart. */
export function silhouetteOf(address: string): Silhouette {
  const seen = address.toLowerCase();
  return { head: seen.slice(0, prefixChars(seen) + LOOK_ALIKE_CHARS), tail: seen.slice(-LOOK_ALIKE_CHARS) };
}

/** The known addresses that this one could be taken for: the same at both ends, and another in between. */
export function lookAlikes(address: string, known: Iterable<string>): string[] {
  const { head, tail } = silhouetteOf(address);
  const seen = address.toLowerCase();
  return [...new Set(known)].filter((each) => {
    const other = each.toLowerCase();
    return other !== seen && other.startsWith(head) && other.endsWith(tail);
  });
}

/**
 * Whether one slip of the hand lies between `address` of a row and the text: a character more,
 * less or another, or two that changed places. SQL, so that no listed address is overlooked for being one of many.
 */
export const ONE_SLIP_AWAY = `exists (
  select 1 from (select lower(address) as a, lower(?::text) as b) t, generate_series(0, length(b)) as at
  where abs(length(a) - length(b)) <= 1 and a <> b and left(a, at) = left(b, at) and (
    substr(a, at + 2) = substr(b, at + 2) or substr(a, at + 1) = substr(b, at + 2)
    or substr(a, at + 2) = substr(b, at + 1)
    or substr(a, at + 3) = substr(b, at + 3) and substr(a, at + 1, 2) = reverse(substr(b, at + 1, 2))))`;

/** `0x`, or the name of a witness address and its version, are the same for everybody. */
function prefixChars(address: string): number {
  if (address.startsWith('0x')) return 2;
  return /^[a-z]+1[qp]/.exec(address)?.[0].length ?? 0;
}
