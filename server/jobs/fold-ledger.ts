import type { JobContext } from './job-context.ts';

/** Keeps the books' totals cheap to read. */
export const foldLedger = ({ sessions }: JobContext): Promise<void> =>
  sessions.inTransaction(({ ledger }) => ledger.fold());
