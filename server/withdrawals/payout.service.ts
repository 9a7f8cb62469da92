import type { ActingParty } from '#server/kernel/actor.ts';
import type { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { MiningRepository } from '#server/mining/index.ts';
import type { SystemService } from '#server/system/index.ts';
import type { AttemptLog } from './attempt-log.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import {
  ATTEMPTS_MAX,
  ATTEMPTS_WITHIN_MS,
  FIRST_LOOK_AFTER_MS,
  HELD_BACK_AGAIN_MS,
  LEASE_SLACK_MS,
  retryDelayMs,
  SEND_WITHIN_MS,
  WAIT_AGAIN_MS,
} from './payout-policy.ts';
import { type AttemptStatus, OPEN_ATTEMPT_STATUSES, type WaitReason } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

/** What the worker sends after the fence: taken from the approved row and from nowhere else. */
export interface PayoutOrder {
  readonly attemptId: string;
  readonly withdrawalId: string;
  readonly attemptNo: number;
  readonly amount: Amount;
  /** How long from the fence on the first byte may still leave. */
  readonly sendWithinMs: number;
}

export interface Sender {
  /** Names the process, for the evidence sheet. */
  readonly worker: string;
  /** How long the provider client waits before it gives up. */
  readonly deadlineMs: number;
}

type Rejected = Extract<ProviderOutcome<unknown>, { kind: 'rejected' }>;
type NotExecuted = Extract<ProviderOutcome<unknown>, { kind: 'rejected' | 'blocked' }>;

/** The payout engine: the fence before the call, and what its outcome does. The call itself happens between the two. */
export class PayoutService {
  readonly #withdrawals: WithdrawalRepository;
  readonly #mover: WithdrawalMover;
  readonly #mining: MiningRepository;
  readonly #log: AttemptLog;
  readonly #system: SystemService;
  readonly #jobs: JobQueue;
  readonly #random: () => number;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    mover: WithdrawalMover;
    mining: MiningRepository;
    log: AttemptLog;
    system: SystemService;
    jobs: JobQueue;
    random: () => number;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#mover = deps.mover;
    this.#mining = deps.mining;
    this.#log = deps.log;
    this.#system = deps.system;
    this.#jobs = deps.jobs;
    this.#random = deps.random;
  }

  /**
   * W12 and A1, the fence. Resolves to the order to send once this has been committed, or to null when there is nothing
   * to send: decided meanwhile, being sent already, or made to wait.
   */
  async fence(withdrawalId: string, sender: Sender, by: ActingParty): Promise<PayoutOrder | null> {
    const withdrawal = await this.#withdrawals.lock(withdrawalId);
    if (withdrawal.status !== 'approved' && withdrawal.status !== 'retrying') return null;
    const attempts = await this.#withdrawals.attempts(withdrawalId);
    if (attempts.some(({ status }) => OPEN.includes(status))) return null;
    const now = await this.#withdrawals.databaseNow();
    if (withdrawal.nextAttemptAt && now < withdrawal.nextAttemptAt) {
      // A job that ran twice must not make a delay shorter, least of all one that the pool asked for.
      await this.#dispatchAt(withdrawal, withdrawal.nextAttemptAt);
      return null;
    }
    const wait = await this.#whyWait(withdrawal, now);
    if (wait) {
      await this.#waitFor(withdrawal, wait, now);
      return null;
    }
    const leaseUntil = after(now, sender.deadlineMs + LEASE_SLACK_MS);
    const attempt = this.#withdrawals.addAttempt({
      id: newId(),
      withdrawalId,
      no: attempts.length + 1,
      provider: 'hashdam',
      asset: withdrawal.asset,
      amount: withdrawal.money().toString(),
      digest: withdrawal.digest,
      status: 'dispatching',
      reference: null,
      worker: sender.worker,
      fencedAt: now,
      sendBy: after(now, SEND_WITHIN_MS),
      leaseUntil,
      counted: true,
      error: null,
      failedSeenAt: null,
      looks: 0,
      lookedAt: null,
      endedAt: null,
      updatedAt: now,
    });
    await this.#mover.move(withdrawal, 'dispatch', { by, attemptId: attempt.id, detail: { attempt: attempt.no } });
    await this.#log.write(withdrawal, attempt);
    await this.#jobs.send('payout.recover', { attemptId: attempt.id }, { startAfter: leaseUntil });
    const { id: attemptId, no: attemptNo } = attempt;
    return { attemptId, attemptNo, withdrawalId, amount: attempt.money(), sendWithinMs: SEND_WITHIN_MS };
  }

  /** What the call came to. A lost lease leaves the reply as evidence and moves nothing: the fence is no longer ours. */
  async record(order: PayoutOrder, outcome: ProviderOutcome<{ reference: string }>, by: ActingParty): Promise<void> {
    const withdrawal = await this.#withdrawals.lock(order.withdrawalId);
    const attempt = await this.#withdrawals.lockAttempt(order.attemptId);
    const now = await this.#withdrawals.databaseNow();
    this.#withdrawals.addEvidence({
      id: newId(),
      attemptId: attempt.id,
      kind: 'reply',
      body: { ...plainOutcome(outcome), late: attempt.status !== 'dispatching' },
      at: now,
    });
    if (attempt.status !== 'dispatching') return;
    const turn = { withdrawal, attempt, now, by };
    if (outcome.kind === 'accepted') await this.#accepted(turn, outcome.value.reference);
    else if (outcome.kind === 'unknown') await this.#lose(turn, outcome.reason);
    else await this.#notExecuted(turn, outcome);
    await this.#log.write(withdrawal, attempt);
  }

  /** A6: the sender's lease is over and nobody wrote what came of it. */
  async recover(attemptId: string, by: ActingParty): Promise<void> {
    const seen = await this.#withdrawals.findAttempt(attemptId);
    if (!seen) return;
    const withdrawal = await this.#withdrawals.lock(seen.withdrawalId);
    const attempt = await this.#withdrawals.lockAttempt(attemptId);
    if (attempt.status !== 'dispatching') return;
    const now = await this.#withdrawals.databaseNow();
    if (now < attempt.leaseUntil) {
      await this.#jobs.send('payout.recover', { attemptId }, { startAfter: attempt.leaseUntil });
      return;
    }
    await this.#lose({ withdrawal, attempt, now, by }, 'lease_lost');
    await this.#log.write(withdrawal, attempt);
  }

  async #accepted(turn: Turn, reference: string) {
    const { withdrawal, attempt, now, by } = turn;
    if (await this.#withdrawals.referenceUsed(attempt, reference)) {
      await this.#lose(turn, 'reference_used');
      return;
    }
    attempt.reference = reference;
    attempt.move('accepted', now);
    await this.#mover.move(withdrawal, 'accepted', { by, attemptId: attempt.id, detail: { reference } });
    await this.#jobs.send('payout.look-up', { attemptId: attempt.id }, { startAfter: after(now, FIRST_LOOK_AFTER_MS) });
  }

  /** W17: nothing moves, nothing is sent again, and people are told. */
  async #lose({ withdrawal, attempt, now, by }: Turn, reason: string) {
    attempt.error = reason;
    attempt.move('outcome_unknown', now);
    await this.#mover.move(withdrawal, 'outcome_unknown', { by, attemptId: attempt.id, reason });
  }

  async #notExecuted(turn: Turn, outcome: NotExecuted) {
    const { attempt, now, by } = turn;
    const heldBack = outcome.kind === 'rejected' && outcome.retry === 'again' && outcome.reason === HELD_BACK;
    attempt.error = outcome.reason;
    attempt.counted = outcome.kind === 'rejected' && outcome.retry !== 'when_funded' && !heldBack;
    attempt.move('refused', now);
    if (outcome.kind === 'blocked') {
      // The books first: everybody locks balances before the provider's row, so that nobody waits in a circle.
      await this.#holdBack(turn, outcome.reason, 'configuration');
      await this.#system.pause(attempt.provider, outcome.reason, by);
    } else if (heldBack) {
      await this.#holdBack(turn, outcome.reason, null);
    } else if (outcome.retry === 'when_funded') {
      await this.#holdBack(turn, outcome.reason, 'funds');
    } else {
      await this.#retryOrFail(turn, outcome);
    }
  }

  async #holdBack({ withdrawal, attempt, now, by }: Turn, reason: string, wait: WaitReason | null) {
    await this.#mover.move(withdrawal, 'held_back', { by, attemptId: attempt.id, reason, detail: { wait } });
    await this.#waitFor(withdrawal, wait, now);
  }

  async #retryOrFail({ withdrawal, attempt, now, by }: Turn, outcome: Rejected) {
    const facts = { by, attemptId: attempt.id, reason: outcome.reason };
    const counted = (await this.#withdrawals.attempts(withdrawal.id)).filter((each) => each.counted);
    const failed = counted.length;
    // From the first try that counts: time spent waiting for people or funds burns no retry.
    const age = now.getTime() - (counted[0] ?? attempt).fencedAt.getTime();
    if (outcome.retry === 'never' || failed >= ATTEMPTS_MAX || age >= ATTEMPTS_WITHIN_MS) {
      await this.#mover.move(withdrawal, 'refused', facts);
      return;
    }
    const nextAt = after(now, Math.max(retryDelayMs(failed, this.#random), outcome.retryAfterMs ?? 0));
    const detail = { nextAt: nextAt.toISOString() };
    await this.#mover.move(withdrawal, 'retry_later', { ...facts, detail, repeated: failed > 1 });
    withdrawal.nextAttemptAt = nextAt;
    await this.#dispatchAt(withdrawal, nextAt);
  }

  async #waitFor(withdrawal: Withdrawal, reason: WaitReason | null, now: Date) {
    const until = after(now, reason ? WAIT_AGAIN_MS[reason] : HELD_BACK_AGAIN_MS);
    withdrawal.wait(reason, until, now);
    await this.#dispatchAt(withdrawal, until);
  }

  #dispatchAt({ id }: Withdrawal, startAfter: Date): Promise<string> {
    return this.#jobs.send('payout.dispatch', { withdrawalId: id }, { startAfter });
  }

  /** Everything an approval promised is looked at again, at the last moment before the fence. */
  async #whyWait(withdrawal: Withdrawal, now: Date): Promise<WaitReason | null> {
    if (withdrawal.holdAt) return 'on_hold';
    if (withdrawal.notBefore && now < withdrawal.notBefore) return 'not_before';
    if (withdrawal.validUntil && now >= withdrawal.validUntil) return 'approval_stale';
    if (!(await this.#approvalsStand(withdrawal))) return 'approval_stale';
    const stop = await this.#system.stopFor({ provider: 'hashdam', asset: withdrawal.asset, walletId: null });
    if (stop) return stop;
    const slot = { provider: 'hashdam' as const, asset: withdrawal.asset, amount: withdrawal.amount };
    return (await this.#withdrawals.slotTaken(slot)) ? 'same_amount' : null;
  }

  async #approvalsStand(withdrawal: Withdrawal): Promise<boolean> {
    const votes = await this.#withdrawals.votes(withdrawal);
    const digest = withdrawal.currentDigest();
    const enough = votes.filter((vote) => vote.digest === digest).length >= withdrawal.approvalsRequired;
    const account = (await this.#mining.project())?.account;
    return enough && digest === withdrawal.digest && account === withdrawal.destinationAddress;
  }
}

/** One attempt being dealt with: both rows locked, at one instant, for one actor. */
interface Turn {
  readonly withdrawal: Withdrawal;
  readonly attempt: PayoutAttempt;
  readonly now: Date;
  readonly by: ActingParty;
}

const OPEN: readonly AttemptStatus[] = OPEN_ATTEMPT_STATUSES;

/** What a provider's port says when `beforeFirstByte` stopped the call: ours, so it burns no retry. */
const HELD_BACK = 'held_back';

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const plainOutcome = (outcome: ProviderOutcome<{ reference: string }>): Record<string, Json> =>
  JSON.parse(JSON.stringify(outcome)) as Record<string, Json>;
