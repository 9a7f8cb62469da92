import type { JobContext } from './job-context.ts';

/** Piece by piece, so that nobody waits for long. */
export async function forgetNotifications({ sessions }: JobContext): Promise<void> {
  while ((await sessions.inTransaction(({ notificationRetention }) => notificationRetention.forgetSome())) > 0);
}
