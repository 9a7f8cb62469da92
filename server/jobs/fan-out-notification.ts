import type { JobPayloads } from '#server/kernel/job-queue.ts';
import type { JobContext } from './job-context.ts';

/** Works out who is told of an event. */
export const fanOutNotification = (
  { sessions }: JobContext,
  { eventId }: JobPayloads['notifications.fan-out'],
): Promise<void> => sessions.inTransaction(({ deliveries }) => deliveries.fanOut(eventId));
