import { z } from 'zod';
import type { IncidentLog } from '#server/incidents/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { SystemService } from '#server/system/index.ts';
import type {
  PayoutAttempt,
  PayoutAttemptRepository,
  PayoutRails,
  PayoutTurn,
  PayoutWaits,
  PoolAttempts,
  WaitReason,
  WithdrawalMover,
} from '#server/withdrawals/index.ts';
import { orderLook } from '#server/withdrawals/index.ts';

const lateReply = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accepted'),
    value: z.union([z.object({ reference: z.string() }), z.object({ token: z.string() })]),
  }),
  z.object({
    kind: z.literal('rejected'),
    retry: z.enum(['again', 'never', 'when_funded']),
    retryAfterMs: z.number().optional(),
    quarantinesWallet: z.boolean().optional(),
    reason: z.string(),
  }),
  z.object({ kind: z.literal('blocked'), scope: z.enum(['provider', 'wallet']), reason: z.string() }),
  z.object({ kind: z.literal('unknown') }),
]);
export type LateReply = z.infer<typeof lateReply>;
type NotExecuted = Extract<LateReply, { kind: 'rejected' | 'blocked' }>;

const USED = 'reference_used';

/**
 * The one sender's reply that came after its lease: it is evidence, and here it counts (rows A18 and A23). It moves an
 * unknown attempt as it would have moved it in time; of one that was closed meanwhile it only keeps the name, so that a
 * look can find the payment.
 */
export class LateReplies {
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #attempts: PoolAttempts;
  readonly #mover: WithdrawalMover;
  readonly #rails: PayoutRails;
  readonly #waits: PayoutWaits;
  readonly #incidents: IncidentLog;
  readonly #system: SystemService;
  readonly #jobs: JobQueue;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    attempts: PoolAttempts;
    mover: WithdrawalMover;
    rails: PayoutRails;
    waits: PayoutWaits;
    incidents: IncidentLog;
    system: SystemService;
    jobs: JobQueue;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#attempts = deps.attempts;
    this.#mover = deps.mover;
    this.#rails = deps.rails;
    this.#waits = deps.waits;
    this.#incidents = deps.incidents;
    this.#system = deps.system;
    this.#jobs = deps.jobs;
  }

  /** Outside any transaction. Null when there is none that says something. */
  async read(attemptId: string): Promise<LateReply | null> {
    const attempt = await this.#payoutAttempts.findAttempt(attemptId);
    if (!attempt || !mayHaveLateReply(attempt)) return null;
    const reply = lateReply.safeParse(await this.#attempts.lateReply(attemptId)).data;
    return reply && reply.kind !== 'unknown' ? reply : null;
  }

  async take(attemptId: string, reply: LateReply, by: ActingParty): Promise<void> {
    const locked = await this.#payoutAttempts.lockTurn(attemptId);
    if (!locked || !mayHaveLateReply(locked.attempt)) return;
    const turn = { ...locked, by };
    const { withdrawal, attempt } = turn;
    if (reply.kind === 'accepted') await this.#named(turn, reply.value);
    else if (reply.kind !== 'unknown' && (await this.#mayBeRefused(attempt))) await this.#notExecuted(turn, reply);
    await this.#rails[attempt.kind].log.write(withdrawal, attempt);
  }

  /** What a callback was posted about cannot simply have been refused: the chain decides. */
  async #mayBeRefused(attempt: PayoutAttempt): Promise<boolean> {
    return attempt.status === 'unknown' && !(await this.#payoutAttempts.wasReported(attempt));
  }

  async #named(turn: PayoutTurn, name: { reference: string } | { token: string }) {
    const { withdrawal, attempt, now, by } = turn;
    if ('reference' in name && (await this.#payoutAttempts.referenceUsed(attempt, name.reference))) {
      await this.#openIncident(turn, name.reference);
      return;
    }
    if ('token' in name) attempt.token = name.token;
    else attempt.reference = name.reference;
    if (attempt.status === 'unknown') {
      const event = 'token' in name ? 'found_transit' : 'found';
      attempt.move(event, now);
      await this.#mover.move(withdrawal, event, {
        by,
        attemptId: attempt.id,
        reason: 'late_reply',
        detail: { ...name },
      });
    }
    await orderLook(this.#jobs, attempt, { now, at: now });
  }

  async #notExecuted(turn: PayoutTurn, reply: NotExecuted) {
    const { withdrawal, attempt, now, by } = turn;
    attempt.error = reply.reason;
    attempt.counted = false;
    attempt.move('found_not_executed', now);
    const facts = { by, attemptId: attempt.id, reason: reply.reason };
    if (reply.kind === 'rejected' && reply.retry === 'never') {
      await this.#mover.move(withdrawal, 'failed_at_provider', facts);
    } else {
      const wait = waitAfter(reply);
      await this.#mover.move(withdrawal, 'found_not_executed', { ...facts, detail: { wait } });
      const retryAfterMs = reply.kind === 'rejected' ? reply.retryAfterMs : undefined;
      if (retryAfterMs) await this.#waitFor(turn, retryAfterMs);
      else await this.#waits.again(withdrawal, wait, now);
    }
    await this.#pause(turn, reply);
  }

  /** The provider said when it may be asked again. */
  async #waitFor({ withdrawal, now }: PayoutTurn, ms: number) {
    const until = new Date(now.getTime() + ms);
    withdrawal.wait(null, until, now);
    await this.#waits.dispatchAt(withdrawal, until);
  }

  async #pause({ attempt, by }: PayoutTurn, reply: NotExecuted) {
    const wallet = reply.kind === 'blocked' ? reply.scope === 'wallet' : reply.quarantinesWallet === true;
    if (wallet) await this.#rails[attempt.kind].pauseWallet(attempt, reply.reason, by);
    else if (reply.kind === 'blocked') await this.#system.pause(attempt.provider, reply.reason, by);
  }

  /** It names another payment: it stays unknown, for people. */
  async #openIncident({ withdrawal, attempt, by }: PayoutTurn, reference: string) {
    if (attempt.error === USED) return;
    attempt.error = USED;
    await this.#incidents.open(
      {
        ...{ kind: USED, subject: attempt.id, provider: attempt.provider, amount: attempt.money() },
        ...{ withdrawalId: withdrawal.id, attemptId: attempt.id, detail: { reference } },
        ...(attempt.walletId ? { walletId: attempt.walletId } : {}),
      },
      by,
    );
  }
}

/** Without a name yet, and either unknown or closed while its sender was still on its way. */
const mayHaveLateReply = ({ status, reference, token }: PayoutAttempt): boolean =>
  (status === 'unknown' || status === 'not_executed') && !reference && !token;

function waitAfter(reply: NotExecuted): WaitReason | null {
  if (reply.kind === 'blocked') return 'configuration';
  return reply.retry === 'when_funded' ? 'funds' : null;
}
