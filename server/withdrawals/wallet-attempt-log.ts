import type { TransactionStatus, WalletRepository } from '#server/wallets/index.ts';
import { type AttemptLog, type AttemptWords, derivedWord } from './attempt-log.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

export const WORDS: AttemptWords<TransactionStatus> = {
  dispatching: 'pending',
  submitted: 'submitted',
  'pending-transit': 'pending-transit',
  unknown: 'manual-review',
  confirmed: 'confirmed',
};

/** The row of `wallet_transactions` that an attempt has; its word is derived, never decided. */
export class WalletAttemptLog implements AttemptLog {
  readonly #wallets: WalletRepository;

  constructor(deps: { wallets: WalletRepository }) {
    this.#wallets = deps.wallets;
  }

  async write(withdrawal: Withdrawal, attempt: PayoutAttempt): Promise<void> {
    if (!attempt.walletId) throw new TypeError('a payout out of a wallet has one');
    await this.#wallets.logTransaction({
      attemptId: attempt.id,
      walletId: attempt.walletId,
      kind: attempt.kind === 'wallet_transit' ? 'transit' : 'transfer',
      amount: attempt.money(),
      to: attempt.toAddress,
      status: derivedWord(WORDS, withdrawal, attempt),
      txid: attempt.reference ?? null,
      token: attempt.token ?? null,
      error: attempt.error ?? null,
    });
  }
}
