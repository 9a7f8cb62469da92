import type { MiningRepository, MiningWithdrawalStatus } from '#server/mining/index.ts';
import type { AttemptLog, ProviderSide } from './attempt-log.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { AttemptStatus } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

const WORD: Readonly<Record<Exclude<AttemptStatus, 'not_executed'>, MiningWithdrawalStatus>> = {
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
      status: derivedWord(withdrawal, attempt),
      reference: attempt.reference ?? null,
      error: attempt.error ?? null,
      fee: seen.fee ?? null,
      rawStatus: seen.rawStatus ?? null,
    });
  }
}

function derivedWord({ status }: Withdrawal, attempt: PayoutAttempt): MiningWithdrawalStatus {
  if (attempt.status !== 'not_executed') return WORD[attempt.status];
  return status === 'failed' ? 'failed' : 'retrying';
}
