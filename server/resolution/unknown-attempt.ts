import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { PayoutAttempt, PayoutEvidence, Withdrawal, WithdrawalRepository } from '#server/withdrawals/index.ts';
import { quietFacts } from './attempt-facts.ts';
import { type QuietFacts, type QuietPeriod, quietPeriod } from './quiet-period.ts';

/** How a sender that is named in an attempt stands. */
export type SenderState = (worker: string) => Promise<'answering' | 'gone' | 'not_proven'>;

/** What the pool's own lists and daily balances say since an attempt. */
export interface PoolProofs {
  of(attempt: PayoutAttempt): Promise<Pick<QuietFacts, 'reads' | 'snapshots'>>;
}

/** Finds the attempt whose outcome is not known, and works out how far its quiet period has come. */
export class UnknownAttempts {
  readonly #withdrawals: WithdrawalRepository;
  readonly #proofs: PoolProofs;
  readonly #senderState: SenderState;
  readonly #clock: Clock;
  readonly #shortenedMs: number | null;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    proofs: PoolProofs;
    senderState: SenderState;
    clock: Clock;
    shortenedMs: number | null;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#proofs = deps.proofs;
    this.#senderState = deps.senderState;
    this.#clock = deps.clock;
    this.#shortenedMs = deps.shortenedMs;
  }

  /** The one of this withdrawal; nothing is settled that is not open. Error: `withdrawal.not_unknown`. */
  async of({ id, status }: Withdrawal): Promise<PayoutAttempt> {
    const attempts = await this.#withdrawals.attempts(id);
    const unknown = attempts.find((attempt) => attempt.status === 'unknown');
    if (status === 'manual-review' && unknown) return unknown;
    throw new DomainError('withdrawal.not_unknown', 'the outcome of this withdrawal is not open', {
      detail: { id, status },
    });
  }

  senderOf({ worker }: PayoutAttempt): ReturnType<SenderState> {
    return this.#senderState(worker);
  }

  /** `evidence` is all that was seen, or what two people name. */
  async quietPeriod(attempt: PayoutAttempt, evidence: readonly PayoutEvidence[]): Promise<QuietPeriod> {
    return quietPeriod(
      quietFacts(attempt, evidence, {
        now: this.#clock.now(),
        shortenedMs: this.#shortenedMs,
        sender: await this.senderOf(attempt),
        proofs: attempt.kind === 'mining' ? await this.#proofs.of(attempt) : { reads: [], snapshots: [] },
      }),
    );
  }
}
