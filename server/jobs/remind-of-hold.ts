import type { JobPayloads } from '#server/kernel/job-queue.ts';
import type { JobContext } from './job-context.ts';

/** Reminds people of a hold that stands for long; the one that comes after it was released does nothing. */
export async function remindOfHold(
  { sessions }: JobContext,
  { withdrawalId }: JobPayloads['withdrawal.hold-aged'],
): Promise<void> {
  await sessions.inTransaction(({ withdrawalCorrections }) => withdrawalCorrections.remindOfHold(withdrawalId));
}
