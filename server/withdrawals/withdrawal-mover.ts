import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { LedgerService } from '#server/ledger/index.ts';
import type { Announcer } from '#server/notifications/index.ts';
import { WITHDRAWAL_MOVES, type WithdrawalEvent, type WithdrawalMove } from './machine.ts';
import type { WithdrawalStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import { withdrawalAnnouncement } from './withdrawal-announcement.ts';

export interface MoveFacts {
  readonly by: ActingParty;
  readonly attemptId?: string;
  readonly fee?: Amount | undefined;
  readonly reason?: string | undefined;
  /** People were told of the first such move and need not hear of it again. */
  readonly repeated?: boolean;
  /** More for the audit row; never a secret. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A row of the machine, and the status it was taken from. */
interface Taken {
  readonly move: WithdrawalMove;
  readonly from: WithdrawalStatus | null;
}

/**
 * Takes a row of the state machine: status, ledger postings, audit row and, for a new status, what is told of it; all in
 * the session's one commit.
 */
export class WithdrawalMover {
  readonly #ledger: LedgerService;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;
  readonly #clock: Clock;

  constructor(deps: { ledger: LedgerService; audit: AuditTrail; notifications: Announcer; clock: Clock }) {
    this.#ledger = deps.ledger;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
    this.#clock = deps.clock;
  }

  /** The first row, W1: a withdrawal that was just created in the status the row leads to. */
  async open(withdrawal: Withdrawal, facts: MoveFacts): Promise<void> {
    const [move] = WITHDRAWAL_MOVES.filter(({ event }) => event === 'request');
    if (move) await this.#book(withdrawal, { move, from: null }, facts);
  }

  async move(withdrawal: Withdrawal, event: WithdrawalEvent, facts: MoveFacts): Promise<void> {
    const from = withdrawal.status;
    await this.#book(withdrawal, { move: withdrawal.move(event, this.#clock.now()), from }, facts);
  }

  async #book(withdrawal: Withdrawal, { move, from }: Taken, facts: MoveFacts): Promise<void> {
    await this.#ledger.post(
      move.postings.map((kind) => ({
        kind,
        amount: withdrawal.money(),
        memberId: withdrawal.memberId,
        withdrawalId: withdrawal.id,
        revision: withdrawal.revision,
        attemptId: kind === 'DISPATCH' || kind === 'RETURN' || kind === 'SETTLE' ? facts.attemptId : undefined,
        fee: kind === 'SETTLE' ? facts.fee : undefined,
        by: facts.by,
      })),
    );
    this.#audit.record({
      action: move.action,
      subject: { type: 'withdrawal', id: withdrawal.id },
      by: facts.by,
      reason: facts.reason,
      before: { status: from },
      after: { status: move.to, row: move.row, revision: withdrawal.revision, ...facts.detail },
    });
    // The fence is ours alone: what it leads to is told, not that a try began.
    if (from !== move.to && move.event !== 'dispatch') {
      this.#notifications.announce(withdrawalAnnouncement(withdrawal, { ...facts, from, to: move.to }));
    }
  }
}
