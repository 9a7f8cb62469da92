import type { JobPayloads } from '#server/kernel/job-queue.ts';
import type { JobContext } from './job-context.ts';

/**
 * Sends what waits in a lane, one after the other, until it is empty or something fails. Claimed in one transaction,
 * sent outside any, recorded in another; dying in between, the lease runs out and it is sent again.
 */
export async function deliverNotification(
  { sessions }: JobContext,
  { lane }: JobPayloads['notifications.deliver'],
): Promise<void> {
  for (;;) {
    const parcel = await sessions.inTransaction(({ deliveries }) => deliveries.claim(lane));
    if (!parcel) return;
    const result = await sessions.withoutTransaction(({ deliveries }) => deliveries.send(parcel));
    await sessions.inTransaction(({ deliveries }) => deliveries.record(parcel, result));
    if (result.kind === 'failed') return;
  }
}
