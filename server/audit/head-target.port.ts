import type { SignedHead } from './chain.ts';

export const HEAD_TARGETS = ['file', 'webhook'] as const;
export type HeadTargetName = (typeof HEAD_TARGETS)[number];

/** A place outside the database where heads are kept, so that nobody who rules the database can take one back. */
export interface HeadTarget {
  readonly name: HeadTargetName;
  /** Outside any transaction. Resolves to what went wrong, in a word, or to null. Never throws. */
  keep(head: SignedHead): Promise<string | null>;
}
