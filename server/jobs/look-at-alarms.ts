import type { JobContext } from './job-context.ts';

/** Tells people what the books say is wrong. */
export const lookAtAlarms = ({ sessions }: JobContext): Promise<void> =>
  sessions.inTransaction(({ bookAlarms }) => bookAlarms.look());
