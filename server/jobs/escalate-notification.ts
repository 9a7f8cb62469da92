import type { JobPayloads } from '#server/kernel/job-queue.ts';
import { type JobContext, WORKER } from './job-context.ts';

/** Half a day has passed: if nobody has acknowledged the notification, it is told once more. */
export const escalateNotification = (
  { sessions }: JobContext,
  { notificationId }: JobPayloads['notifications.escalate'],
): Promise<void> =>
  sessions.inTransaction(({ notificationCentre }) => notificationCentre.escalateIfDue(notificationId, WORKER));
