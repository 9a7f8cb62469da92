import type { JobPayloads } from '#server/kernel/job-queue.ts';
import type { JobContext } from './job-context.ts';

/** What waits in a wallet for coins that have come is sent. */
export async function wakeFunded({ sessions }: JobContext, { walletId }: JobPayloads['payout.funded']): Promise<void> {
  const waiting = await sessions.withoutTransaction(({ fundedPayouts }) => fundedPayouts.waiting(walletId));
  for (const id of waiting) await sessions.inTransaction(({ fundedPayouts }) => fundedPayouts.goOn(id));
}
