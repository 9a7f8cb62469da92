import { type AssetRegistry, refuseTooFine } from '#server/assets/index.ts';
import { standInOf } from '#server/delegations/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { MiningRepository } from '#server/mining/index.ts';
import type { Announcer } from '#server/notifications/index.ts';
import { isMet, votesOf } from '#server/policies/index.ts';
import type { RiskGate } from '#server/risk/index.ts';
import type { SystemService } from '#server/system/index.ts';
import { groupsOfVote, representedBy, type WithdrawalApproval } from './approval.entity.ts';
import type { ApprovalEnd } from './approval-end.ts';
import type {
  WithdrawalApproveInput,
  WithdrawalRejectInput,
  WithdrawalRequestInput,
  WithdrawalSummary,
} from './contract.ts';
import { type Decidable, refuse, whyNotApprove, whyNotCancel, whyNotReject } from './decisions.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import type { Quorums } from './quorum.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';
import { canMove } from './withdrawal-moves.ts';
import { subjectOf, type WithdrawalOpening } from './withdrawal-opening.ts';
import { peopleOf, withdrawalSummary } from './withdrawal-summary.ts';

/** Requests, votes and refusals: what people and platforms do with a withdrawal. Sending it is `PayoutService`'s. */
export class WithdrawalService {
  readonly #withdrawals: WithdrawalRepository;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #mover: WithdrawalMover;
  readonly #opening: WithdrawalOpening;
  readonly #assets: AssetRegistry;
  readonly #mining: MiningRepository;
  readonly #system: SystemService;
  readonly #jobs: JobQueue;
  readonly #risk: RiskGate;
  readonly #quorums: Quorums;
  readonly #approvalEnd: ApprovalEnd;
  readonly #notifications: Announcer;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    payoutAttempts: PayoutAttemptRepository;
    mover: WithdrawalMover;
    opening: WithdrawalOpening;
    assets: AssetRegistry;
    mining: MiningRepository;
    system: SystemService;
    jobs: JobQueue;
    risk: RiskGate;
    quorums: Quorums;
    approvalEnd: ApprovalEnd;
    notifications: Announcer;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#mover = deps.mover;
    this.#opening = deps.opening;
    this.#assets = deps.assets;
    this.#mining = deps.mining;
    this.#system = deps.system;
    this.#jobs = deps.jobs;
    this.#risk = deps.risk;
    this.#quorums = deps.quorums;
    this.#approvalEnd = deps.approvalEnd;
    this.#notifications = deps.notifications;
  }

  /**
   * A request for a member's mined coins; holds the funds. Errors: `asset.unknown`, `amount.scale`,
   * `system.frozen`, `mining.account_unknown`, `ledger.insufficient_funds`.
   */
  async request(input: Omit<WithdrawalRequestInput, 'idempotencyKey'>, by: ActingParty): Promise<WithdrawalSummary> {
    const asset = await this.#assets.enabled(input.asset, 'hashdam');
    const amount = Amount.parse(asset.asset, input.amount);
    refuseTooFine(amount, asset);
    await this.#system.refuseFrozen({ provider: 'hashdam', asset: asset.asset, walletId: null });
    const account = (await this.#mining.project())?.account;
    if (!account) {
      throw new DomainError(
        'mining.account_unknown',
        "the pool's payout account has not been read yet; try again soon",
      );
    }
    return this.#opening.open(
      {
        ...{ kind: 'mining', memberId: input.memberId, walletId: null, amount },
        ...{ destinationAddress: account, destinationType: 'account', reference: input.reference ?? null },
      },
      by,
    );
  }

  /**
   * One vote. The last one needed approves and puts the payout on the queue, in the same commit. Errors:
   * `withdrawal.already_decided`, `self_approval`, `duplicate_vote`, `stale_digest`, `on_hold`, `expired`, `not_found`,
   * `other_group_needed`, `policy_author`, `delegator_excluded`, `pair_voted`, `risk.refused`.
   */
  async approve(input: WithdrawalApproveInput, by: ActingParty): Promise<WithdrawalSummary> {
    const withdrawal = await this.#withdrawals.lock(input.id);
    const now = withdrawal.now();
    const votes = await this.#withdrawals.votes(withdrawal);
    const voters = votes.map(({ operatorId }) => operatorId);
    const quorum = await this.#quorums.of(withdrawal, votes);
    const delegations = await this.#withdrawals.delegations();
    const askers = await this.#withdrawals.askers(withdrawal);
    const represented = representedBy(votes);
    const facts = { ...decidable(withdrawal), voters, hasOpenAttempt: false, askers, quorum, delegations, represented };
    refuse(whyNotApprove(facts, by, now), withdrawal);
    const { standsFor } = standInOf(delegations, by.id);
    const isAsShown = input.digest === withdrawal.digest && input.onBehalfOf === standsFor?.id;
    if (!isAsShown || withdrawal.digest !== withdrawal.currentDigest()) {
      throw new DomainError('withdrawal.stale_digest', 'this is no longer what you were shown; look again', {
        detail: { id: withdrawal.id, revision: withdrawal.revision },
      });
    }
    await this.#risk.assessVote(withdrawal, subjectOf({ ...withdrawal, amount: withdrawal.money() }, by), by);
    const vote = this.#withdrawals.addVote({
      id: newId(),
      withdrawalId: withdrawal.id,
      revision: withdrawal.revision,
      operatorId: by.id,
      operatorRole: by.type === 'operator' ? by.role : '',
      behalfOf: standsFor?.id ?? null,
      behalfRole: standsFor?.role ?? null,
      digest: input.digest,
      note: input.note ?? null,
      at: now,
    });
    const given = [...votes, vote];
    const { policyVersion, policyTier: tier } = withdrawal;
    const detail = { given: given.length, required: withdrawal.approvalsRequired, policyVersion, tier: tier ?? null };
    const onBehalfOf: Record<string, string> = standsFor ? { onBehalfOf: standsFor.id } : {};
    const cast = { by, reason: input.note, detail: { ...detail, digest: input.digest, ...onBehalfOf } };
    if (standsFor) this.#tellDelegator(standsFor.id, withdrawal);
    if (isMet(quorum.needs, votesOf(given.map(groupsOfVote)))) {
      await this.#approvalEnd.take(withdrawal, quorum.cancelWindowMinutes, cast);
    } else {
      await this.#mover.move(withdrawal, 'approve', cast);
    }
    return this.#summary(withdrawal, given);
  }

  /** Errors: `withdrawal.already_decided`, `already_dispatched`, `not_found`. */
  async reject(input: WithdrawalRejectInput, by: ActingParty): Promise<WithdrawalSummary> {
    const withdrawal = await this.#withdrawals.lock(input.id);
    const votes = await this.#withdrawals.votes(withdrawal);
    refuse(whyNotReject(await this.#decidable(withdrawal, votes), by), withdrawal);
    await this.#mover.move(withdrawal, 'reject', { by, reason: input.reason });
    return this.#summary(withdrawal, votes);
  }

  /** Errors: `withdrawal.not_yours`, `already_decided`, `already_dispatched`, `not_found`. */
  async cancel(id: string, by: ActingParty): Promise<WithdrawalSummary> {
    const withdrawal = await this.#withdrawals.lock(id);
    const votes = await this.#withdrawals.votes(withdrawal);
    refuse(whyNotCancel(await this.#decidable(withdrawal, votes), by, withdrawal.now()), withdrawal);
    await this.#mover.move(withdrawal, 'cancel', { by });
    return this.#summary(withdrawal, votes);
  }

  /** W7: nobody decided in time. On hold the clock stands still: the release gives back what was left, and its job. */
  async expire(id: string, by: ActingParty): Promise<void> {
    const withdrawal = await this.#withdrawals.lock(id);
    if (!canMove('expire', withdrawal.status) || withdrawal.holdAt) return;
    if (withdrawal.now() < withdrawal.expiresAt) {
      await this.#jobs.send('withdrawal.expire', { withdrawalId: id }, { startAfter: withdrawal.expiresAt });
      return;
    }
    await this.#mover.move(withdrawal, 'expire', { by, reason: 'expired' });
  }

  #tellDelegator(delegatorId: string, withdrawal: Withdrawal): void {
    this.#notifications.announce({
      ...{ type: 'delegation.voted', subject: { type: 'operator', id: delegatorId } },
      about: { withdrawalId: withdrawal.id, asset: withdrawal.asset, amount: withdrawal.money().toString() },
    });
  }

  async #decidable(withdrawal: Withdrawal, votes: readonly WithdrawalApproval[]): Promise<Decidable> {
    const hasOpenAttempt = await this.#payoutAttempts.hasOpenAttempt(withdrawal.id);
    return { ...decidable(withdrawal), voters: votes.map(({ operatorId }) => operatorId), hasOpenAttempt };
  }

  async #summary(withdrawal: Withdrawal, votes: readonly WithdrawalApproval[]): Promise<WithdrawalSummary> {
    return withdrawalSummary(withdrawal, votes, await this.#withdrawals.names(peopleOf(withdrawal, votes)));
  }
}

function decidable(withdrawal: Withdrawal): Omit<Decidable, 'voters' | 'hasOpenAttempt'> {
  const { status, requestedByType, requestedById, editedBy, expiresAt, notBefore, holdAt } = withdrawal;
  const asked = { status, requestedByType, requestedById, editedBy: editedBy ?? null, expiresAt };
  return { ...asked, notBefore: notBefore ?? null, holdAt: holdAt ?? null };
}
