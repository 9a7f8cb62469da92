import type { JobContext } from './job-context.ts';

/** Tells people of API keys that are about to end. */
export const warnOfKeyExpiry = ({ sessions }: JobContext): Promise<void> =>
  sessions.inTransaction(({ keyExpiry }) => keyExpiry.look());
