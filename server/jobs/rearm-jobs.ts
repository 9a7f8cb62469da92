import type { JobContext } from './job-context.ts';

/** Nothing waits for a job that is gone. */
export async function rearmJobs({ sessions }: JobContext): Promise<void> {
  await sessions.inTransaction(({ lostJobs }) => lostJobs.rearm());
}
