import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Asks the screening service about an address, outside any transaction, and then does what it says. */
export async function screenWithdrawal(
  { sessions }: JobContext,
  { withdrawalId }: JobPayloads['risk.screen'],
): Promise<void> {
  const answer = await sessions.withoutTransaction(({ withdrawalScreening }) => withdrawalScreening.ask(withdrawalId));
  if (!answer) return;
  await sessions.inTransaction(({ withdrawalScreening }) => withdrawalScreening.take(withdrawalId, answer, WORKER));
}
