import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { MoveFacts, WithdrawalMover } from './withdrawal-mover.ts';

/** What was approved may be sent for so long; see W4. */
export const APPROVAL_VALID_FOR_MS = 72 * 3_600_000;

/** W4: nobody has to say yes any more; the payout is put on the queue in the same commit. */
export class ApprovalEnd {
  readonly #mover: WithdrawalMover;
  readonly #jobs: JobQueue;

  constructor(deps: { mover: WithdrawalMover; jobs: JobQueue }) {
    this.#mover = deps.mover;
    this.#jobs = deps.jobs;
  }

  async take(withdrawal: Withdrawal, cancelWindowMinutes: number, facts: MoveFacts): Promise<void> {
    const now = withdrawal.now().getTime();
    await this.#mover.move(withdrawal, 'approve_last', facts);
    withdrawal.approvedAt = new Date(now);
    withdrawal.notBefore = new Date(now + cancelWindowMinutes * 60_000);
    withdrawal.validUntil = new Date(now + APPROVAL_VALID_FOR_MS);
    await this.#jobs.send('payout.dispatch', { withdrawalId: withdrawal.id }, { startAfter: withdrawal.notBefore });
  }
}
