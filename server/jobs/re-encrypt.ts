import { type JobContext, WORKER } from './job-context.ts';

/** One batch of keys is sealed with the current encryption key; the next job goes with the same commit. */
export async function reEncrypt({ sessions }: JobContext): Promise<void> {
  await sessions.inTransaction(({ sealedKeys }) => sealedKeys.resealBatch(WORKER));
}
