import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';

/**
 * Orders the next look at a payment, unless one is ordered that comes as soon. So each look may order the next, and an extra
 * one leads to no second chain of them: whichever job's moment is no longer the attempt's ends (`isSuperseded`).
 */
export async function orderLook(
  jobs: JobQueue,
  attempt: PayoutAttempt,
  { now, at }: { readonly now: Date; readonly at: Date },
): Promise<void> {
  const { id: attemptId, nextLookAt } = attempt;
  if (nextLookAt && nextLookAt > now && nextLookAt <= at) return;
  attempt.nextLookAt = at;
  await jobs.send('payout.look-up', { attemptId, at: at.toISOString() }, { startAfter: at });
}

/** Whether a job is of a moment that another look has replaced since; one without a moment never is. */
export const isSuperseded = (attempt: PayoutAttempt | null, at: string | undefined): boolean =>
  at !== undefined && attempt?.nextLookAt?.getTime() !== Date.parse(at);
