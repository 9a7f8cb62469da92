import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { WalletRepository } from './wallet.repository.ts';

/** Stops a wallet until people, or the chain itself, have explained something. */
export class WalletPauses {
  readonly #wallets: WalletRepository;
  readonly #audit: AuditTrail;
  readonly #clock: Clock;

  constructor(deps: { wallets: WalletRepository; audit: AuditTrail; clock: Clock }) {
    this.#wallets = deps.wallets;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  /** Nothing leaves it any more. The first reason stays. */
  async pause(walletId: string, why: { reason: string; attempt?: string }, by: ActingParty): Promise<void> {
    const { reason, attempt } = why;
    const wallet = await this.#wallets.lockWallet(walletId);
    if (wallet?.status !== 'active') return;
    const updatedAt = this.#clock.now();
    await this.#wallets.saveWallet({ ...wallet, status: 'paused', pauseReason: reason.slice(0, 200), updatedAt });
    this.#audit.record({
      action: 'wallet.paused',
      subject: { type: 'wallet', id: walletId },
      by,
      reason,
      after: { attempt: attempt ?? null },
    });
  }

  /** Takes a pause back, if it was for this reason. */
  async resume(walletId: string, reason: string, by: ActingParty): Promise<void> {
    const wallet = await this.#wallets.lockWallet(walletId);
    if (wallet?.status !== 'paused' || wallet.pauseReason !== reason) return;
    await this.#wallets.saveWallet({ ...wallet, status: 'active', pauseReason: null, updatedAt: this.#clock.now() });
    this.#audit.record({ action: 'wallet.resumed', subject: { type: 'wallet', id: walletId }, by, before: { reason } });
  }
}
