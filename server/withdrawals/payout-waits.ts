import type { ActingParty } from '#server/kernel/actor.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import { HELD_BACK_AGAIN_MS, WAIT_AGAIN_MS } from './payout-policy.ts';
import type { WaitReason } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

interface Moment {
  readonly by: ActingParty;
  readonly now: Date;
}

/** W11: approved, and not to be sent right now. No attempt, no retry burned; a job looks again. */
export class PayoutWaits {
  readonly #mover: WithdrawalMover;
  readonly #jobs: JobQueue;

  constructor(deps: { mover: WithdrawalMover; jobs: JobQueue }) {
    this.#mover = deps.mover;
    this.#jobs = deps.jobs;
  }

  /** A job that ran twice must not make a delay shorter, least of all one that the provider asked for. */
  async isTooSoon(withdrawal: Withdrawal, { now, named }: { now: Date; named: Date | null }): Promise<boolean> {
    if (named && named > (withdrawal.nextAttemptAt ?? now)) withdrawal.nextAttemptAt = named;
    const { nextAttemptAt } = withdrawal;
    if (!nextAttemptAt || now >= nextAttemptAt) return false;
    await this.dispatchAt(withdrawal, nextAttemptAt);
    return true;
  }

  /** Audited when the reason is another one than before, not at every look. */
  async waitFor(withdrawal: Withdrawal, reason: WaitReason, { by, now }: Moment): Promise<void> {
    if (withdrawal.waitReason !== reason) {
      await this.#mover.move(withdrawal, 'wait', { by, reason, detail: { before: withdrawal.waitReason ?? null } });
    }
    await this.again(withdrawal, reason, now);
  }

  /** The same without a row of its own: an attempt that did not run has one, and says the reason. */
  async again(withdrawal: Withdrawal, reason: WaitReason | null, now: Date): Promise<void> {
    const until = new Date(now.getTime() + (reason ? WAIT_AGAIN_MS[reason] : HELD_BACK_AGAIN_MS));
    withdrawal.wait(reason, until, now);
    await this.dispatchAt(withdrawal, until);
  }

  async dispatchAt({ id }: Withdrawal, startAfter: Date): Promise<void> {
    await this.#jobs.send('payout.dispatch', { withdrawalId: id }, { startAfter });
  }
}
