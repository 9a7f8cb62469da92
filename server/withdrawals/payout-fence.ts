import { createHash, randomBytes } from 'node:crypto';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import { Secret } from '#server/kernel/secret.ts';
import { isMet, votesOf } from '#server/policies/index.ts';
import type { RiskGate } from '#server/risk/index.ts';
import type { Sending, SystemService } from '#server/system/index.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import { FINAL_WORD_WITHIN_MS, LEASE_SLACK_MS, SEND_WITHIN_MS } from './payout-policy.ts';
import type { Clearance, Cover, PayoutOrder, PayoutRails } from './payout-rail.ts';
import type { PayoutWaits } from './payout-waits.ts';
import type { Quorums } from './quorum.ts';
import { type AttemptStatus, type LapseReason, OPEN_ATTEMPT_STATUSES, RISK_HOLD, type WaitReason } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { Standing, WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';
import { subjectOf } from './withdrawal-opening.ts';

export interface Sender {
  /** Names the process, for the evidence sheet. */
  readonly worker: string;
  /** How long the provider client waits before it gives up. */
  readonly deadlineMs: number;
  /** How long a transit may take before people look. */
  readonly transitDeadlineMs: number;
  /** Asked again in the tick of the first byte; who would only hold back then need not begin. */
  readonly mayLeave: (sending: Sending) => boolean;
}

/** What was read before the fence; see `PayoutRail.seenBefore`. */
export interface SeenBefore {
  readonly before: Json | null;
}

/** The fence before a payout: what must still be true is looked at once more, and from its commit on a payment may be out. */
export class PayoutFence {
  readonly #withdrawals: WithdrawalRepository;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #mover: WithdrawalMover;
  readonly #rails: PayoutRails;
  readonly #waits: PayoutWaits;
  readonly #system: SystemService;
  readonly #risk: RiskGate;
  readonly #jobs: JobQueue;
  readonly #quorums: Quorums;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    payoutAttempts: PayoutAttemptRepository;
    mover: WithdrawalMover;
    rails: PayoutRails;
    waits: PayoutWaits;
    system: SystemService;
    risk: RiskGate;
    jobs: JobQueue;
    quorums: Quorums;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#mover = deps.mover;
    this.#rails = deps.rails;
    this.#waits = deps.waits;
    this.#system = deps.system;
    this.#risk = deps.risk;
    this.#jobs = deps.jobs;
    this.#quorums = deps.quorums;
  }

  /** Outside any transaction: what the provider shows now. Null when nothing is to be sent at this moment. */
  async look(withdrawalId: string): Promise<SeenBefore | null> {
    const withdrawal = await this.#withdrawals.get(withdrawalId);
    const attempts = await this.#payoutAttempts.attempts(withdrawalId);
    if (!isDue(withdrawal, attempts)) return null;
    // What must wait anyway needs no reading, and a paused provider none of our calls.
    const mayCall = async () =>
      (await this.#whyWaitAny(withdrawal, await this.#withdrawals.standing(withdrawal))) === null;
    return { before: await this.#rails[withdrawal.kind].seenBefore(withdrawal, mayCall) };
  }

  /**
   * W12 and A1. Resolves to the order to send once this has been committed, or to null when there is nothing to send:
   * decided meanwhile, being sent already, made to wait, or approved on what no longer holds.
   */
  async fence({ withdrawalId, before }: Looked, sender: Sender, by: ActingParty): Promise<PayoutOrder | null> {
    const withdrawal = await this.#withdrawals.lock(withdrawalId);
    const attempts = await this.#payoutAttempts.attempts(withdrawalId);
    if (!isDue(withdrawal, attempts)) return null;
    const standing = await this.#withdrawals.standing(withdrawal);
    const { now } = standing;
    // Nobody hurries past a moment that the provider named, not by voting anew either, which the row does not know of.
    const isApprovedAnew = attempts.some(({ digest }) => digest !== withdrawal.digest);
    const named = isApprovedAnew ? await this.#payoutAttempts.askedToWaitUntil(withdrawalId) : null;
    if (await this.#waits.isTooSoon(withdrawal, { now, named })) return null;
    const stopped = await this.#whyWaitAny(withdrawal, standing);
    // Nothing stands against it, and yet this process cannot tell: others may, so it waits and is looked at again.
    const held = stopped ?? (sender.mayLeave(this.#sending(withdrawal)) ? null : 'configuration');
    const lapsed = held === 'contents_changed' ? null : await this.#whyLapse(withdrawal, standing, by);
    if (lapsed) {
      await this.#mover.move(withdrawal, 'lapse', { by, reason: lapsed });
      return null;
    }
    const clearance: Clearance = held
      ? { wait: held }
      : await this.#rails[withdrawal.kind].mayGo(withdrawal, { before, now });
    if (clearance.wait) {
      await this.#waits.waitFor(withdrawal, clearance.wait, { by, now });
      return null;
    }
    const { cover } = clearance;
    return this.#begin({ withdrawal, no: attempts.length + 1, before, cover, now }, sender, by);
  }

  /** By the database's clock, whatever the sender's own clocks say: the first byte must not leave any more. */
  isTooLate(attemptId: string): Promise<boolean> {
    return this.#payoutAttempts.sendByHasPassed(attemptId);
  }

  async #begin(
    { withdrawal, no, before, cover, now }: Beginning,
    sender: Sender,
    by: ActingParty,
  ): Promise<PayoutOrder> {
    const { id: withdrawalId, kind, walletId } = withdrawal;
    const rail = this.#rails[kind];
    const callbackSecret = kind === 'wallet_transit' ? new Secret(randomBytes(32).toString('base64url')) : null;
    const leaseUntil = after(now, sender.deadlineMs + LEASE_SLACK_MS);
    const attempt = this.#payoutAttempts.addAttempt({
      ...{ id: newId(), withdrawalId, no, kind, provider: rail.provider, walletId: walletId ?? null },
      ...{ asset: withdrawal.asset, amount: withdrawal.money().toString(), toAddress: withdrawal.destinationAddress },
      ...{ digest: withdrawal.digest, status: 'dispatching', before, worker: sender.worker },
      ...{ reference: null, token: null, feeReference: null },
      ...{ coveredSince: cover?.since ?? null, coveredAmount: cover?.amount.toString() ?? null },
      coveredFee: cover?.fee.toString() ?? null,
      hourLimit: this.#system.hourLimitOf(withdrawal.asset)?.toString() ?? null,
      callbackHash: callbackSecret && callbackHashOf(callbackSecret),
      ...{ fencedAt: now, sendBy: after(now, SEND_WITHIN_MS), leaseUntil, updatedAt: now },
      deadlineAt: after(now, kind === 'wallet_transit' ? sender.transitDeadlineMs : FINAL_WORD_WITHIN_MS[kind]),
      ...{ counted: true, error: null, failedSeenAt: null, looks: 0, lookedAt: null, nextLookAt: null, endedAt: null },
      ...{ closedByPeople: false, lateAt: null, takenBackAt: null },
    });
    await this.#mover.move(withdrawal, 'dispatch', { by, attemptId: attempt.id, detail: { attempt: no } });
    await rail.log.write(withdrawal, attempt);
    await this.#jobs.send('payout.recover', { attemptId: attempt.id }, { startAfter: leaseUntil });
    return {
      ...{ attemptId: attempt.id, attemptNo: no, withdrawalId, kind, amount: attempt.money() },
      ...{ provider: rail.provider, before },
      ...{ walletId: walletId ?? null, to: attempt.toAddress, callbackSecret, sendWithinMs: SEND_WITHIN_MS },
    };
  }

  /** What holds back a payout of any kind. */
  async #whyWaitAny(withdrawal: Withdrawal, standing: Standing): Promise<WaitReason | null> {
    // Not a lapse: another round of votes would approve what somebody wrote past the console.
    if (withdrawal.currentDigest() !== withdrawal.digest || standing.votesForOther > 0) return 'contents_changed';
    if (withdrawal.holdAt) return 'on_hold';
    const { notBefore } = withdrawal;
    if (notBefore && standing.now < notBefore) return 'not_before';
    if (standing.lateUndecided) return 'late_undecided';
    return this.#system.stopFor(this.#sending(withdrawal));
  }

  #sending({ kind, asset, walletId }: Withdrawal): Sending {
    return { provider: this.#rails[kind].provider, asset, walletId: walletId ?? null };
  }

  /** W10: everything an approval promised is looked at again, at the last moment before the fence. */
  async #whyLapse(withdrawal: Withdrawal, standing: Standing, by: ActingParty): Promise<LapseReason | null> {
    if (withdrawal.validUntil && standing.now >= withdrawal.validUntil) return 'approval_expired';
    const { needs, tightened } = await this.#quorums.standing(withdrawal);
    if (tightened) return 'policy_tightened';
    if (!isMet(needs, votesOf(standing.groups))) return 'approver_lost_right';
    const subject = subjectOf({ ...withdrawal, amount: withdrawal.money() }, by);
    if (!(await this.#risk.allowsDispatch(withdrawal, subject, standing))) return RISK_HOLD;
    return this.#rails[withdrawal.kind].whyLapse(withdrawal);
  }
}

export interface Looked extends SeenBefore {
  readonly withdrawalId: string;
}

interface Beginning extends SeenBefore {
  readonly withdrawal: Withdrawal;
  readonly no: number;
  readonly cover: Cover | null;
  readonly now: Date;
}

const OPEN: readonly AttemptStatus[] = OPEN_ATTEMPT_STATUSES;

const isDue = ({ status }: Withdrawal, attempts: readonly PayoutAttempt[]): boolean =>
  (status === 'approved' || status === 'retrying') && !attempts.some((attempt) => OPEN.includes(attempt.status));

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** What the table keeps of a callback's secret. */
export const callbackHashOf = (secret: Secret): string => createHash('sha256').update(secret.reveal()).digest('hex');
