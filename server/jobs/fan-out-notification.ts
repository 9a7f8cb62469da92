import type { JobPayloads } from '#server/kernel/job-queue.ts';
import type { JobContext } from './job-context.ts';

/** Works out who is told of events. */
export const fanOutNotifications = (
  { sessions }: JobContext,
  events: readonly JobPayloads['notifications.fan-out'][],
): Promise<void> => sessions.inTransaction(({ deliveries }) => deliveries.fanOut(events.map(({ eventId }) => eventId)));
