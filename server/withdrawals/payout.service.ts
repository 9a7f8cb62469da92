import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { newId } from '#server/kernel/ids.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { ContradictoryReply, ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { SystemService } from '#server/system/index.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import { orderLook } from './payout-looks.ts';
import {
  ATTEMPTS_MAX,
  ATTEMPTS_WITHIN_MS,
  FIRST_LOOK_AFTER_MS,
  nextUnknownLook,
  retryDelayMs,
} from './payout-policy.ts';
import type { PaymentName, PayoutOrder, PayoutOutcome, PayoutRails } from './payout-rail.ts';
import type { PayoutWaits } from './payout-waits.ts';
import type { WaitReason } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

type Rejected = Extract<ProviderOutcome<unknown>, { kind: 'rejected' }>;
type NotExecuted = Extract<ProviderOutcome<unknown>, { kind: 'rejected' | 'blocked' }>;
type Unknown = Extract<ProviderOutcome<unknown>, { kind: 'unknown' }>;

/** What the outcome of a payout's call does, row by row. The fence before the call is `PayoutFence`'s. */
export class PayoutService {
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #mover: WithdrawalMover;
  readonly #rails: PayoutRails;
  readonly #waits: PayoutWaits;
  readonly #incidents: IncidentLog;
  readonly #system: SystemService;
  readonly #jobs: JobQueue;
  readonly #random: () => number;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    mover: WithdrawalMover;
    rails: PayoutRails;
    waits: PayoutWaits;
    incidents: IncidentLog;
    system: SystemService;
    jobs: JobQueue;
    random: () => number;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#mover = deps.mover;
    this.#rails = deps.rails;
    this.#waits = deps.waits;
    this.#incidents = deps.incidents;
    this.#system = deps.system;
    this.#jobs = deps.jobs;
    this.#random = deps.random;
  }

  /** Outside any transaction, once the fence has been committed. */
  send(order: PayoutOrder, beforeFirstByte: () => void): Promise<PayoutOutcome> {
    return this.#rails[order.kind].send(order, beforeFirstByte);
  }

  /** What the call came to. A lost lease leaves the reply as evidence and moves nothing: the fence is no longer ours. */
  async record(order: PayoutOrder, outcome: PayoutOutcome, by: ActingParty): Promise<void> {
    const locked = await this.#payoutAttempts.lockTurn(order.attemptId);
    if (!locked) throw new TypeError(`there is no attempt ${order.attemptId}`);
    const { attempt, now } = locked;
    const late = attempt.status !== 'dispatching';
    this.#payoutAttempts.addEvidence({
      id: newId(),
      attemptId: attempt.id,
      kind: 'reply',
      body: { ...plainOutcome(outcome), late },
      at: now,
    });
    if (late) {
      // A18 and A23: whoever looks next finds it, and it is not the late sender who decides.
      await this.#jobs.send('payout.look-up', { attemptId: attempt.id });
      // It moves nothing, but what it says of the provider is as true as in time.
      if (outcome.kind === 'unknown') await this.#warn({ ...locked, by }, outcome);
      return;
    }
    await this.apply({ ...locked, by }, outcome);
  }

  /** The rows that an outcome takes while its attempt is dispatching. */
  async apply(turn: PayoutTurn, outcome: PayoutOutcome): Promise<void> {
    const { withdrawal, attempt } = turn;
    if (outcome.kind === 'accepted') await this.#accepted(turn, outcome.value);
    else if (outcome.kind === 'unknown') await this.#unknown(turn, outcome);
    else if (await this.#payoutAttempts.wasReported(attempt)) await this.#lose(turn, REFUSED_BUT_REPORTED);
    else await this.#notExecuted(turn, outcome);
    await this.#rails[attempt.kind].log.write(withdrawal, attempt);
  }

  /** A6: the sender's lease is over and nobody wrote what came of it. */
  async recover(attemptId: string, by: ActingParty): Promise<void> {
    const locked = await this.#payoutAttempts.lockTurn(attemptId);
    if (locked?.attempt.status !== 'dispatching') return;
    const { withdrawal, attempt, now } = locked;
    if (now < attempt.leaseUntil) {
      await this.#jobs.send('payout.recover', { attemptId }, { startAfter: attempt.leaseUntil });
      return;
    }
    await this.#lose({ ...locked, by }, 'lease_lost');
    await this.#rails[attempt.kind].log.write(withdrawal, attempt);
  }

  async #accepted(turn: PayoutTurn, name: PaymentName) {
    const { withdrawal, attempt, now, by } = turn;
    const facts = { by, attemptId: attempt.id, detail: { ...name } };
    if ('token' in name) {
      attempt.token = name.token;
      attempt.move('accepted_transit', now);
      await this.#mover.move(withdrawal, 'accepted_transit', facts);
    } else {
      if (await this.#payoutAttempts.referenceUsed(attempt, name.reference)) {
        await this.#openIncident(turn, 'reference_used', { reference: name.reference });
        await this.#lose(turn, 'reference_used');
        return;
      }
      attempt.reference = name.reference;
      attempt.move('accepted', now);
      await this.#mover.move(withdrawal, 'accepted', facts);
    }
    await orderLook(this.#jobs, attempt, { now, at: after(now, FIRST_LOOK_AFTER_MS) });
  }

  async #unknown(turn: PayoutTurn, outcome: Unknown) {
    await this.#lose(turn, outcome.reason);
    await this.#warn(turn, outcome);
  }

  /** What an answer says beside the payment: that it contradicts itself, or that the provider is set up wrongly. */
  async #warn(turn: PayoutTurn, { incident, pausesProvider, reason }: Unknown) {
    if (incident) await this.#openIncident(turn, incident, { reason });
    if (pausesProvider) await this.#system.pause(turn.attempt.provider, reason, turn.by);
  }

  /** W17: nothing moves, nothing is sent again, and people are told. */
  async #lose({ withdrawal, attempt, now, by }: PayoutTurn, reason: string) {
    attempt.error = reason;
    attempt.move('outcome_unknown', now);
    await this.#mover.move(withdrawal, 'outcome_unknown', { by, attemptId: attempt.id, reason });
    await orderLook(this.#jobs, attempt, { now, at: nextUnknownLook(now, now) });
  }

  async #notExecuted(turn: PayoutTurn, outcome: NotExecuted) {
    const { attempt, now, by } = turn;
    const heldBack = outcome.kind === 'rejected' && outcome.retry === 'again' && outcome.reason === HELD_BACK;
    attempt.error = outcome.reason;
    attempt.counted = outcome.kind === 'rejected' && outcome.retry !== 'when_funded' && !heldBack;
    attempt.move('refused', now);
    if (outcome.kind === 'blocked') {
      // The books first: everybody locks balances before the provider's row, so that nobody waits in a circle.
      await this.#holdBack(turn, outcome.reason, 'configuration');
      if (outcome.scope === 'wallet') await this.#rails[attempt.kind].pauseWallet(attempt, outcome.reason, by);
      else await this.#system.pause(attempt.provider, outcome.reason, by);
    } else if (heldBack) {
      await this.#holdBack(turn, outcome.reason, null);
    } else if (outcome.retry === 'when_funded') {
      await this.#holdBack(turn, outcome.reason, 'funds');
    } else {
      await this.#retryOrFail(turn, outcome);
      if (outcome.quarantinesWallet) await this.#rails[attempt.kind].pauseWallet(attempt, outcome.reason, by);
    }
  }

  async #holdBack({ withdrawal, attempt, now, by }: PayoutTurn, reason: string, wait: WaitReason | null) {
    await this.#mover.move(withdrawal, 'held_back', { by, attemptId: attempt.id, reason, detail: { wait } });
    await this.#waits.again(withdrawal, wait, now);
  }

  async #retryOrFail({ withdrawal, attempt, now, by }: PayoutTurn, outcome: Rejected) {
    const facts = { by, attemptId: attempt.id, reason: outcome.reason };
    const counted = await this.#countedSinceApproval(withdrawal);
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
    await this.#waits.dispatchAt(withdrawal, nextAt);
  }

  /** What was tried under an earlier approval burns no retry of this one. */
  async #countedSinceApproval({ id, digest }: Withdrawal): Promise<PayoutAttempt[]> {
    const attempts = await this.#payoutAttempts.attempts(id);
    return attempts.filter((attempt) => attempt.counted && attempt.digest === digest);
  }

  async #openIncident(
    { withdrawal, attempt, by }: PayoutTurn,
    kind: 'reference_used' | ContradictoryReply,
    detail: Json,
  ) {
    await this.#incidents.open(
      {
        ...{ kind, subject: attempt.id, provider: attempt.provider, amount: attempt.money(), detail },
        ...{ withdrawalId: withdrawal.id, attemptId: attempt.id },
        ...(attempt.walletId ? { walletId: attempt.walletId } : {}),
      },
      by,
    );
  }
}

/** One attempt being dealt with: both rows locked, at one instant, for one actor. */
export interface PayoutTurn {
  readonly withdrawal: Withdrawal;
  readonly attempt: PayoutAttempt;
  readonly now: Date;
  readonly by: ActingParty;
}

/** What a provider's port says when `beforeFirstByte` stopped the call: ours, so it burns no retry. */
const HELD_BACK = 'held_back';

/** The same, of a call that was not even begun. */
export const heldBack = ({ provider, kind }: PayoutOrder, startedAt: Date): PayoutOutcome => ({
  ...{ kind: 'rejected', retry: 'again', reason: HELD_BACK },
  evidence: {
    ...{ provider, method: kind, bytesWritten: false, error: HELD_BACK },
    ...{ startedAt: startedAt.toISOString(), endedAt: new Date().toISOString() },
  },
});

/** It said no, and its callback had come before: what is true is on the chain, not in the answer. */
const REFUSED_BUT_REPORTED = 'refused_but_reported';

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const plainOutcome = (outcome: PayoutOutcome): Record<string, Json> =>
  JSON.parse(JSON.stringify(outcome)) as Record<string, Json>;
