import type { ActingParty } from '#server/kernel/actor.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { Secret } from '#server/kernel/secret.ts';
import type { WalletPauses, WalletRepository, WalletService } from '#server/wallets/index.ts';
import type { PayoutAttempt } from './payout-attempt.entity.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import type { Clearance, PayoutOrder, PayoutOutcome, PayoutRail } from './payout-rail.ts';
import type { LapseReason, WaitReason } from './statuses.ts';
import { WalletAttemptLog } from './wallet-attempt-log.ts';
import { type WalletBalances, walletBalancesIn, walletVersionIn } from './wallet-balances.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/** What is on the chain in a wallet moves by its key, one movement at a time: a transfer, or a transit with its gas. */
export class WalletRail implements PayoutRail {
  readonly provider = 'mblock';
  readonly log: WalletAttemptLog;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #service: WalletService;
  readonly #wallets: WalletRepository;
  readonly #callbackBase: string;
  readonly #pauses: WalletPauses;

  /** `callbackBase` is the address that transits report to, up to and without the secret. */
  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    service: WalletService;
    wallets: WalletRepository;
    callbackBase: string;
    pauses: WalletPauses;
  }) {
    this.#pauses = deps.pauses;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#service = deps.service;
    this.#wallets = deps.wallets;
    this.#callbackBase = deps.callbackBase;
    this.log = new WalletAttemptLog({ wallets: deps.wallets });
  }

  /**
   * The wallet's balances, what the amount is of and the coin that pays the gas, and the state that they were read of. None
   * while something else is moving out of it: whoever waits in line asks the provider nothing.
   */
  async seenBefore({ walletId, asset }: Withdrawal, mayCall: () => Promise<boolean>): Promise<Json | null> {
    if (!walletId) throw new TypeError('a payout out of a wallet has one');
    if ((await this.#payoutAttempts.walletSlotTaken(walletId)) || !(await mayCall())) return null;
    try {
      const version = await this.#payoutAttempts.walletVersion(walletId);
      const balances = await this.#service.balances({ walletId, asset });
      return { version, balances: balances.map((each) => ({ ...each })) };
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  async mayGo(withdrawal: Withdrawal, { before }: { before: Json | null }): Promise<Clearance> {
    const wait = await this.#whyWait(withdrawal, before);
    return wait ? { wait } : { wait, cover: null };
  }

  async #whyWait(withdrawal: Withdrawal, before: Json | null): Promise<WaitReason | null> {
    const wallet = withdrawal.walletId ? await this.#wallets.lockWallet(withdrawal.walletId) : null;
    if (wallet?.status !== 'active') return 'wallet_paused';
    if (await this.#payoutAttempts.walletSlotTaken(wallet.id)) return 'wallet_busy';
    if (!(await this.#service.canMove(wallet, withdrawal.asset))) return 'configuration';
    const balances: WalletBalances | null = walletBalancesIn(before);
    // What was read before another payment ended is not what is there now.
    const version = await this.#payoutAttempts.walletVersion(wallet.id);
    if (!balances || walletVersionIn(before) !== version) return 'balances_unread';
    const onChain = balances.get(withdrawal.asset);
    return !onChain || onChain.isLessThan(withdrawal.money()) ? 'funds' : null;
  }

  async whyLapse(): Promise<LapseReason | null> {
    return null;
  }

  async pauseWallet({ walletId, id: attempt }: PayoutAttempt, reason: string, by: ActingParty): Promise<void> {
    if (walletId) await this.#pauses.pause(walletId, { reason, attempt }, by);
  }

  async send(order: PayoutOrder, beforeFirstByte: () => void): Promise<PayoutOutcome> {
    const { attemptId, walletId, to, amount, callbackSecret } = order;
    if (!walletId) throw new TypeError('a payout out of a wallet has one');
    const move = { attemptId, walletId, to, amount, beforeFirstByte };
    if (order.kind === 'wallet_transit') {
      if (!callbackSecret) throw new TypeError('a transit has a callback of its own');
      const callbackUrl = new Secret(this.#callbackBase + callbackSecret.reveal());
      return this.#service.transit({ ...move, callbackUrl });
    }
    const outcome = await this.#service.transfer(move);
    return outcome.kind === 'accepted' ? { ...outcome, value: { reference: outcome.value.txid } } : outcome;
  }
}
