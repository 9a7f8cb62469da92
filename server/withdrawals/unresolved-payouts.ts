import type { Announcer } from '#server/notifications/index.ts';
import type { PayoutTurn } from './payout.service.ts';
import { toldAgainAfter } from './payout-policy.ts';

/** People hear again of a payout that is still without a final word after an hour, and after a day. */
export class UnresolvedPayouts {
  readonly #notifications: Announcer;

  constructor(deps: { notifications: Announcer }) {
    this.#notifications = deps.notifications;
  }

  /** At a look, before it is written down: `since` is when the waiting began. */
  tellAgain({ withdrawal, attempt, now }: PayoutTurn, since: Date): void {
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
