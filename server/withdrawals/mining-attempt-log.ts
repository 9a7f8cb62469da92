import type { MiningRepository, MiningWithdrawalStatus } from '#server/mining/index.ts';
import { type AttemptLog, type AttemptWords, derivedWord, type ProviderSide } from './attempt-log.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

export const WORDS: AttemptWords<MiningWithdrawalStatus> = {
  dispatching: 'pending',
  submitted: 'submitted',
  'pending-transit': 'submitted',
  unknown: 'manual-review',
  confirmed: 'completed',
};

/** The row of `mining_withdrawals` that an attempt has; its word is derived, never decided. */
export class MiningAttemptLog implements AttemptLog {
  readonly #mining: MiningRepository;

  constructor(deps: { mining: MiningRepository }) {
    this.#mining = deps.mining;
  }

  async write(withdrawal: Withdrawal, attempt: PayoutAttempt, seen: ProviderSide = {}): Promise<void> {
    await this.#mining.logWithdrawal({
      withdrawalId: withdrawal.id,
      attemptId: attempt.id,
      attemptNo: attempt.no,
      amount: attempt.money(),
      status: derivedWord(WORDS, withdrawal, attempt),
      reference: attempt.reference ?? null,
      error: attempt.error ?? null,
      fee: seen.fee ?? null,
      rawStatus: seen.rawStatus ?? null,
    });
  }
}
