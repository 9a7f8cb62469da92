import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

interface Means {
  readonly payoutAttempts: PayoutAttemptRepository;
  readonly jobs: JobQueue;
}

/** Puts it on the queue. Nobody hurries past a moment that the provider named. */
export async function tryNow(withdrawal: Withdrawal, { payoutAttempts, jobs }: Means): Promise<void> {
  withdrawal.nextAttemptAt = await payoutAttempts.askedToWaitUntil(withdrawal.id);
  await jobs.send('payout.dispatch', { withdrawalId: withdrawal.id });
}
