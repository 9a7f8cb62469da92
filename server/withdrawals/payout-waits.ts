import type { EntityManager } from '@mikro-orm/postgresql';
import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import { HELD_BACK_AGAIN_MS, LINE_MAX, WAIT_AGAIN_MS } from './payout-policy.ts';
import type { WaitReason } from './statuses.ts';
import { lengthOfLine, standsInLine } from './waiting-line.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

interface Moment {
  readonly by: ActingParty;
  readonly now: Date;
}

/** W11: approved, and not to be sent right now. No attempt, no retry burned; a job looks again. */
export class PayoutWaits {
  readonly #mover: WithdrawalMover;
  readonly #incidents: IncidentLog;
  readonly #jobs: JobQueue;
  readonly #em: EntityManager;

  constructor(deps: { mover: WithdrawalMover; incidents: IncidentLog; jobs: JobQueue; em: EntityManager }) {
    this.#em = deps.em;
    this.#mover = deps.mover;
    this.#incidents = deps.incidents;
    this.#jobs = deps.jobs;
  }

  /**
   * A job that ran twice must not make a delay shorter, least of all one that the provider asked for. Whatever set the
   * moment sent the job of that moment in the same commit: one that comes before it ends here, or there would be two for ever.
   */
  async isTooSoon(withdrawal: Withdrawal, { now, named }: { now: Date; named: Date | null }): Promise<boolean> {
    if (named && named > (withdrawal.nextAttemptAt ?? now)) {
      withdrawal.nextAttemptAt = named;
      await this.dispatchAt(withdrawal, named);
    }
    return withdrawal.nextAttemptAt ? now < withdrawal.nextAttemptAt : false;
  }

  /** Audited when the reason is another one than before, not at every look. */
  async waitFor(withdrawal: Withdrawal, reason: WaitReason, { by, now }: Moment): Promise<void> {
    if (withdrawal.waitReason !== reason) {
      await this.#mover.move(withdrawal, 'wait', { by, reason, detail: { before: withdrawal.waitReason ?? null } });
    }
    // At every look: it may have been changed once more, and by whoever wrote the reason as well.
    if (reason === 'contents_changed') await this.#tellOfChange(withdrawal, by);
    await this.again(withdrawal, reason, now);
  }

  /** It never goes on by itself, and somebody can write to the database who should not: people hear of it, once. */
  async #tellOfChange(withdrawal: Withdrawal, by: ActingParty): Promise<void> {
    const { id, digest } = withdrawal;
    await this.#incidents.openUnlessClosed(
      {
        ...{ kind: 'contents_changed', subject: id, withdrawalId: id, amount: withdrawal.money() },
        detail: { approved: digest, found: withdrawal.currentDigest() },
      },
      by,
    );
  }

  /** The same without a row of its own: an attempt that did not run has one, and says the reason. */
  async again(withdrawal: Withdrawal, reason: WaitReason | null, now: Date): Promise<void> {
    const until = new Date(
      now.getTime() + (reason ? await this.#againAfterMs(withdrawal, reason) : HELD_BACK_AGAIN_MS),
    );
    withdrawal.wait(reason, until, now);
    await this.dispatchAt(withdrawal, until);
  }

  /** As many as stand in one line share its looks: the line is looked at as often as one alone would be. */
  async #againAfterMs(withdrawal: Withdrawal, reason: WaitReason): Promise<number> {
    if (!standsInLine(reason)) return WAIT_AGAIN_MS[reason];
    const waiting = await lengthOfLine(this.#em, withdrawal, { reason, atMost: LINE_MAX });
    return WAIT_AGAIN_MS[reason] * Math.max(1, waiting);
  }

  async dispatchAt({ id }: Withdrawal, startAfter: Date): Promise<void> {
    await this.#jobs.send('payout.dispatch', { withdrawalId: id }, { startAfter });
  }
}
