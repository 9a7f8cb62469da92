import { type AssetRegistry, refuseTooFine } from '#server/assets/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { WalletBooks } from '#server/ledger/index.ts';
import type { SystemService } from '#server/system/index.ts';
import type { WalletRepository, WalletService } from '#server/wallets/index.ts';
import type { WalletMoveInput, WithdrawalSummary } from './contract.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import type { WithdrawalOpening } from './withdrawal-opening.ts';

export interface WalletWish extends Omit<WalletMoveInput, 'idempotencyKey'> {
  readonly kind: 'wallet_transfer' | 'wallet_transit';
}

/** Requests for what is on chain in a wallet: the books must cover it, and the chain must not be below the books. */
export class WalletWithdrawals {
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #opening: WithdrawalOpening;
  readonly #wallets: WalletRepository;
  readonly #service: WalletService;
  readonly #books: WalletBooks;
  readonly #assets: AssetRegistry;
  readonly #system: SystemService;
  readonly #companyAddresses: ReadonlySet<string>;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    opening: WithdrawalOpening;
    wallets: WalletRepository;
    service: WalletService;
    books: WalletBooks;
    assets: AssetRegistry;
    system: SystemService;
    companyAddresses: ReadonlySet<string>;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#opening = deps.opening;
    this.#wallets = deps.wallets;
    this.#service = deps.service;
    this.#books = deps.books;
    this.#assets = deps.assets;
    this.#system = deps.system;
    this.#companyAddresses = deps.companyAddresses;
  }

  /**
   * Outside any transaction: what the chain shows now. Null while something moves out of the wallet: what is seen then
   * says nothing about the books. Errors: `wallet.*`, `asset.unknown`, `provider.unreachable`.
   */
  async look({ walletId, asset }: Pick<WalletWish, 'walletId' | 'asset'>): Promise<Amount | null> {
    if (await this.#payoutAttempts.walletSlotTaken(walletId)) return null;
    const { amount } = await this.#service.balance({ walletId, asset });
    return Amount.parse(asset, amount);
  }

  /**
   * W1, with what was seen right before. Errors: `asset.unknown`, `input.invalid` for a transit of BNB, `amount.scale`, `address.invalid`, `wallet.not_found`,
   * `wallet.not_active`, `system.frozen`, `ledger.insufficient_funds`, `wallet.balance_unconfirmed` (ask again after the
   * next look at the wallet).
   */
  async request(wish: WalletWish, seen: Amount | null, by: ActingParty): Promise<WithdrawalSummary> {
    const asset = await this.#assets.enabled(wish.asset, 'bsc');
    refuseUnprovable(wish.kind, asset);
    const wallet = await this.#activeWallet(wish.walletId);
    const to = this.#service.canonicalAddress(wish.to);
    if (to.toLowerCase() === wallet.address?.toLowerCase()) {
      throw new DomainError('address.invalid', 'a wallet does not pay itself', { detail: { address: to } });
    }
    await this.#system.refuseFrozen({ provider: 'mblock', asset: asset.asset, walletId: wallet.id });
    const amount = await this.#covered(wish, seen);
    refuseTooFine(amount, asset);
    const toCompany = this.#companyAddresses.has(to.toLowerCase());
    return this.#opening.open(
      {
        ...{ kind: wish.kind, memberId: wallet.memberId, walletId: wallet.id, amount, reference: null },
        ...{ destinationAddress: to, destinationType: toCompany ? 'company' : 'address' },
      },
      by,
    );
  }

  async #activeWallet(id: string) {
    const wallet = await this.#wallets.lockWallet(id);
    if (!wallet) throw new DomainError('wallet.not_found', 'there is no such wallet', { detail: { id } });
    const { status } = wallet;
    if (status === 'active') return wallet;
    throw new DomainError('wallet.not_active', `this wallet is ${status}`, { detail: { id, status } });
  }

  /** The amount asked for, or all that is free, if the books cover it and the chain does not contradict them. */
  async #covered({ walletId, asset, amount }: WalletWish, seen: Amount | null): Promise<Amount> {
    const { chain, available } = await this.#books.of(walletId, asset);
    const asked = amount === undefined ? available : Amount.parse(asset, amount);
    const busy = await this.#payoutAttempts.walletSlotTaken(walletId);
    const unconfirmed = !busy && (seen === null || seen.isLessThan(chain));
    const arriving = busy || seen === null ? Amount.zero(asset) : seen.minus(chain);
    const soon = available.isLessThan(asked) && !available.plus(arriving).isLessThan(asked);
    if (unconfirmed || soon || (asked.isZero() && arriving.isPositive())) {
      throw new DomainError(
        'wallet.balance_unconfirmed',
        'what is on chain has not been confirmed yet; try again soon',
        {
          detail: { walletId, asset, available: available.toString(), onChain: seen?.toString() ?? null },
        },
      );
    }
    if (asked.isPositive() && !available.isLessThan(asked)) return asked;
    throw new DomainError('ledger.insufficient_funds', `available holds ${available}, asked for ${asked}`, {
      detail: { asset, bucket: 'wallet:available', balance: available.toString() },
    });
  }
}

type Registered = Awaited<ReturnType<AssetRegistry['enabled']>>;

/** A transit is proven by the receipt of its token: BNB leaves none, and the gas that comes first hides what it moved. */
function refuseUnprovable(kind: WalletWish['kind'], { asset, contract }: Registered): void {
  if (kind !== 'wallet_transit' || contract) return;
  throw new DomainError('input.invalid', 'only tokens leave by a transit; send this by a transfer', {
    detail: { asset },
  });
}
