import type { Verdict } from './verdict.ts';

/** What the verdict on a refusal may depend on beside its text. */
export interface RefusedOrder {
  readonly amountIsZero: boolean;
}

export interface RefusalRow {
  /** The row's name in the vendor's list. */
  readonly row: string;
  /** The whole message, or a pattern anchored at both ends. */
  readonly message: string | RegExp;
  readonly verdict: Verdict | ((order: RefusedOrder) => Verdict);
}

/** A vendor's messages as of one version. A new message is a new version and counts for later attempts only. */
export interface RefusalList {
  readonly version: number;
  readonly rows: readonly RefusalRow[];
}

/** The first row that fits the whole message; null when the text is not listed, which proves nothing. */
export function findVerdict(list: RefusalList, message: string, order: RefusedOrder): Verdict | null {
  const row = list.rows.find(({ message: listed }) =>
    typeof listed === 'string' ? listed === message : listed.test(message),
  );
  if (!row) return null;
  return typeof row.verdict === 'function' ? row.verdict(order) : row.verdict;
}
