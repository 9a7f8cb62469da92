import type { Announcer } from '#server/notifications/index.ts';
import type { PayoutTurn } from './payout.service.ts';
import { toldAgainAfter } from './payout-policy.ts';

/** People hear again of a payout that is still without a final word after an hour, and after a day. */
export class UnresolvedPayouts {
  readonly #notifications: Announcer;

  constructor(deps: { notifications: Announcer }) {
    this.#notifications = deps.notifications;
  }

  /** At a look at an open attempt, before it is written down. */
  tellAgain({ withdrawal, attempt, now }: PayoutTurn): void {
    const since = attempt.status === 'unknown' ? attempt.updatedAt : attempt.fencedAt;
    const hours = toldAgainAfter(since, attempt.lookedAt, now);
    if (hours === null) return;
    this.#notifications.announce({
      type: 'payout.unresolved',
      subject: { type: 'withdrawal', id: withdrawal.id },
      reason: `no_final_word_for_${hours}_h`,
      about: { withdrawalId: withdrawal.id, asset: attempt.asset, amount: attempt.money().toString() },
    });
  }
}
