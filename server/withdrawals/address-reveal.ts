import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { WalletRepository } from '#server/wallets/index.ts';
import type { AddressRevealedView, AddressRevealInput } from './contract.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';

/** Long enough to compare or to copy, and over before somebody else sits down. */
const SHOWN_FOR_S = 30;

/** Gives one whole address to who sees it masked: for a reason, which is written down with who asked. */
export class AddressReveal {
  readonly #withdrawals: WithdrawalRepository;
  readonly #wallets: WalletRepository;
  readonly #audit: AuditTrail;

  constructor(deps: { withdrawals: WithdrawalRepository; wallets: WalletRepository; audit: AuditTrail }) {
    this.#withdrawals = deps.withdrawals;
    this.#wallets = deps.wallets;
    this.#audit = deps.audit;
  }

  /** Throws `withdrawal.not_found`, `wallet.not_found`. */
  async reveal({ of, id, reason }: AddressRevealInput, by: ActingParty): Promise<AddressRevealedView> {
    const address = of === 'wallet' ? await this.#ofWallet(id) : (await this.#withdrawals.get(id)).destinationAddress;
    this.#audit.record({ action: 'address.revealed', subject: { type: of, id }, by, reason });
    return { address, shownForS: SHOWN_FOR_S };
  }

  /** One that the provider has not given an address yet has none to show. */
  async #ofWallet(id: string): Promise<string> {
    const address = (await this.#wallets.findWallet(id))?.address;
    if (!address) throw new DomainError('wallet.not_found', 'there is no such wallet with an address');
    return address;
  }
}
