import { z } from 'zod';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { WalletRepository } from '#server/wallets/index.ts';
import {
  fits,
  type PayoutAttempt,
  type PayoutAttemptRepository,
  type PayoutEvidence,
  type Withdrawal,
} from '#server/withdrawals/index.ts';
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
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #walletRows: WalletRepository;
  readonly #proofs: PoolProofs;
  readonly #senderState: SenderState;
  readonly #clock: Clock;
  readonly #shortenedMs: number | null;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    walletRows: WalletRepository;
    proofs: PoolProofs;
    senderState: SenderState;
    clock: Clock;
    shortenedMs: number | null;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#walletRows = deps.walletRows;
    this.#proofs = deps.proofs;
    this.#senderState = deps.senderState;
    this.#clock = deps.clock;
    this.#shortenedMs = deps.shortenedMs;
  }

  /** The one of this withdrawal; nothing is settled that is not open. Error: `withdrawal.not_unknown`. */
  async of({ id, status }: Withdrawal): Promise<PayoutAttempt> {
    const attempts = await this.#payoutAttempts.attempts(id);
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
        callbackProven: await this.#callbackProven(attempt, evidence),
      }),
    );
  }

  /** Whoever knows a callback's address can name any transaction: only a receipt of this very payment says that it was made. */
  async #callbackProven(attempt: PayoutAttempt, evidence: readonly PayoutEvidence[]): Promise<boolean> {
    if (!attempt.walletId) return false;
    const address = (await this.#walletRows.findWallet(attempt.walletId))?.address ?? '';
    for (const { kind, body } of evidence) {
      const seen = kind === 'receipt' ? keptReceipt.safeParse(body).data : undefined;
      if (!seen || !fits(seen.receipt, attempt, address)) continue;
      if (!(await this.#payoutAttempts.txidTaken(attempt, seen.txid))) return true;
    }
    return false;
  }
}

const keptReceipt = z.object({
  txid: z.string(),
  receipt: z.object({ from: z.string(), to: z.string(), amount: z.string() }),
});
