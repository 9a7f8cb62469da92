import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Amount } from '#server/kernel/amount.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { LedgerService } from '#server/ledger/index.ts';
import type { Announcer } from '#server/notifications/index.ts';
import type { PolicyBook } from '#server/policies/index.ts';
import { refuse } from './decisions.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import type { WithdrawalStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import { withdrawalAnnouncements } from './withdrawal-announcement.ts';
import {
  canMove,
  type MovePosting,
  openingMove,
  type WithdrawalEvent,
  type WithdrawalMove,
  withdrawalMove,
} from './withdrawal-moves.ts';

/** What the ledger needs to know beside the withdrawal itself; see `Posting`. */
type PostingFacts = Omit<Parameters<LedgerService['post']>[0][number], 'kind' | 'amount' | 'by'>;

export interface MoveFacts {
  readonly by: ActingParty;
  readonly attemptId?: string;
  readonly reason?: string | undefined;
  /** People were told of the first such move and need not hear of it again. */
  readonly repeated?: boolean;
  /** What the attempt moved, where it is not what the withdrawal asks for today; nothing is booked for nothing. */
  readonly amount?: Amount;
  /** What platforms are told that an attempt paid, whatever of it is booked. */
  readonly paid?: Amount;
  /** For an edit: what is asked for from now on. */
  readonly newAmount?: Amount;
  /** Fee, reference and the like, for the postings that have them. */
  readonly posting?: Partial<PostingFacts>;
  /** More for the audit row; never a secret. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Everything a row was taken from. */
interface Taken {
  readonly move: WithdrawalMove;
  readonly from: WithdrawalStatus | null;
  /** What was set aside before, which a RELEASE frees. */
  readonly held: { readonly amount: Amount; readonly revision: number };
}

/**
 * Takes a row of the state machine: status, ledger postings, audit row and what is told of it; all in the session's
 * one commit.
 */
export class WithdrawalMover {
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #ledger: LedgerService;
  readonly #audit: AuditTrail;
  readonly #notifications: Announcer;
  readonly #jobs: JobQueue;
  readonly #policies: PolicyBook;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    ledger: LedgerService;
    audit: AuditTrail;
    notifications: Announcer;
    jobs: JobQueue;
    policies: PolicyBook;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#ledger = deps.ledger;
    this.#audit = deps.audit;
    this.#notifications = deps.notifications;
    this.#jobs = deps.jobs;
    this.#policies = deps.policies;
  }

  /** The first row, W1: a withdrawal that was just created in the status the row leads to. */
  async open(withdrawal: Withdrawal, facts: MoveFacts): Promise<void> {
    const move = openingMove('request');
    await this.#book(withdrawal, { move, from: null, held: heldOf(withdrawal) }, facts);
    await this.#expireInTime(withdrawal);
  }

  /** W2 instead of it: nothing was set aside, and nothing waits for a decision. */
  async block(withdrawal: Withdrawal, facts: MoveFacts): Promise<void> {
    const move = openingMove('block');
    await this.#book(withdrawal, { move, from: null, held: heldOf(withdrawal) }, facts);
  }

  /** Whether this move could be made now: the machine has it, and no attempt is open where it must not be. */
  async canMove(withdrawal: Withdrawal, event: WithdrawalEvent): Promise<boolean> {
    return canMove(event, withdrawal.status) && !(await this.#isBarred(withdrawal, event));
  }

  /** Error: `withdrawal.already_dispatched` while an attempt may still pay, for a row that needs that nothing is open. */
  async move(withdrawal: Withdrawal, event: WithdrawalEvent, facts: MoveFacts): Promise<void> {
    if (await this.#isBarred(withdrawal, event)) refuse('withdrawal.already_dispatched', withdrawal);
    const { status: from } = withdrawal;
    const held = heldOf(withdrawal);
    if (facts.newAmount) withdrawal.amount = facts.newAmount.toString();
    if (withdrawalMove(event, from).votesVoid) await this.#underCurrentPolicy(withdrawal);
    const move = withdrawal.move(event);
    await this.#book(withdrawal, { move, from, held }, facts);
    if (move.votesVoid) await this.#expireInTime(withdrawal);
  }

  /** The fence needs no question of its own: the database has one open attempt of a withdrawal or none. */
  async #isBarred({ id, status }: Withdrawal, event: WithdrawalEvent): Promise<boolean> {
    const { nothingOpen } = withdrawalMove(event, status);
    return nothingOpen === true && event !== 'dispatch' && (await this.#payoutAttempts.hasOpenAttempt(id));
  }

  /** Ends a hold: it goes on where it stood, and what is left of a round of votes runs again. */
  async release(withdrawal: Withdrawal, facts: MoveFacts): Promise<void> {
    await this.move(withdrawal, 'release', facts);
    withdrawal.release();
    if (canMove('expire', withdrawal.status)) await this.#expireInTime(withdrawal);
  }

  /** Another round of votes is under the rules of its day. What people touched is never approved by the policy alone. */
  async #underCurrentPolicy(withdrawal: Withdrawal): Promise<void> {
    const { escalated } = withdrawal;
    const requirement = await this.#policies.requirementFor({ amount: withdrawal.money(), escalated });
    const approvals = Math.max(1, requirement.needs.approvals);
    withdrawal.stand({ ...requirement, needs: { ...requirement.needs, approvals } });
  }

  async #book(withdrawal: Withdrawal, { move, from, held }: Taken, facts: MoveFacts): Promise<void> {
    if (move.postings.includes('HOLD')) withdrawal.heldRevision = withdrawal.revision;
    const postings = move.postings.map((kind) => ({
      kind,
      amount: amountOf(kind, withdrawal, { held, facts }),
      memberId: withdrawal.memberId,
      walletId: withdrawal.walletId ?? undefined,
      withdrawalId: withdrawal.id,
      revision: kind === 'RELEASE' ? held.revision : withdrawal.revision,
      attemptId: OF_AN_ATTEMPT.includes(kind) ? facts.attemptId : undefined,
      toCompany: withdrawal.destinationType === 'company',
      ...facts.posting,
      by: facts.by,
    }));
    await this.#ledger.post(postings.filter(({ amount }) => !amount.isZero()));
    this.#audit.record({
      action: move.action,
      subject: { type: 'withdrawal', id: withdrawal.id },
      by: facts.by,
      reason: facts.reason,
      before: { status: from },
      after: { status: withdrawal.status, row: move.row, revision: withdrawal.revision, ...facts.detail },
    });
    // The fence is ours alone: what it leads to is told, not that a try began.
    if (move.event !== 'dispatch') this.tell(withdrawal, { ...facts, action: move.action, from });
  }

  /** Platforms, and people where it needs them, of what was done to it. */
  tell(withdrawal: Withdrawal, change: Parameters<typeof withdrawalAnnouncements>[1]): void {
    for (const each of withdrawalAnnouncements(withdrawal, change)) this.#notifications.announce(each);
  }

  async #expireInTime({ id, expiresAt }: Withdrawal): Promise<void> {
    await this.#jobs.send('withdrawal.expire', { withdrawalId: id }, { startAfter: expiresAt });
  }
}

const OF_AN_ATTEMPT: readonly MovePosting[] = ['DISPATCH', 'RETURN', 'SETTLE', 'LATE', 'ADOPT', 'UNSETTLE', 'UNLATE'];
/**
 * Booked for what the attempt moved, whatever the withdrawal asks for by now. RETURN and SETTLE may take the row's member and
 * amount: the database keeps both as DISPATCH booked them while an attempt is open.
 */
const AS_MOVED: readonly MovePosting[] = ['LATE', 'ADOPT', 'UNSETTLE', 'UNLATE', 'HANDOVER'];

const heldOf = (withdrawal: Withdrawal): Taken['held'] => ({
  amount: withdrawal.money(),
  revision: withdrawal.heldRevision,
});

function amountOf(
  kind: MovePosting,
  withdrawal: Withdrawal,
  { held, facts }: { held: Taken['held']; facts: MoveFacts },
): Amount {
  if (kind === 'RELEASE') return held.amount;
  return (AS_MOVED.includes(kind) ? facts.amount : undefined) ?? withdrawal.money();
}
