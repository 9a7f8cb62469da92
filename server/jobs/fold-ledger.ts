import type { JobContext } from './job-context.ts';

/** Tells people what the books say is wrong. */
export const lookAtAlarms = ({ sessions }: JobContext): Promise<void> =>
  sessions.inTransaction(({ bookAlarms }) => bookAlarms.look());

/** Keeps the books' totals cheap to read. */
export const foldLedger = ({ sessions }: JobContext): Promise<void> =>
  sessions.inTransaction(({ ledger }) => ledger.fold());
