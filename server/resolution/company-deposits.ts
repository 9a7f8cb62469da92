import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import type { DualControl, DualState } from '#server/dual-control/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import { canonicalTransaction } from '#server/kernel/transaction-hash.ts';
import type { BookedFacts, LedgerService } from '#server/ledger/index.ts';
import type { WalletBookDepositInput } from '#server/wallets/contract.ts';
import type { WalletRepository } from '#server/wallets/index.ts';
import type { PayoutAttemptRepository } from '#server/withdrawals/index.ts';

/** What the company itself pays into a member's wallet, such as gas: without two people's word it would be the member's. */
export class CompanyDeposits {
  readonly #wallets: WalletRepository;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #booked: BookedFacts;
  readonly #ledger: LedgerService;
  readonly #assets: AssetRegistry;
  readonly #dualControl: DualControl;
  readonly #audit: AuditTrail;
  readonly #jobs: JobQueue;

  constructor(deps: {
    walletRepository: WalletRepository;
    payoutAttempts: PayoutAttemptRepository;
    booked: BookedFacts;
    ledger: LedgerService;
    assets: AssetRegistry;
    dualControl: DualControl;
    audit: AuditTrail;
    jobs: JobQueue;
  }) {
    this.#wallets = deps.walletRepository;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#booked = deps.booked;
    this.#ledger = deps.ledger;
    this.#assets = deps.assets;
    this.#dualControl = deps.dualControl;
    this.#audit = deps.audit;
    this.#jobs = deps.jobs;
  }

  /**
   * The first of two people proposes, a second one's same call books. Errors: `wallet.not_found`, `asset.unknown`,
   * `ledger.reference_used`, `ledger.insufficient_funds` where the member no longer has what was credited, `decision.differs`.
   */
  async book({ walletId, note, ...said }: WalletBookDepositInput, by: ActingParty): Promise<DualState> {
    const wallet = await this.#wallets.lockWallet(walletId);
    if (!wallet?.address)
      throw new DomainError('wallet.not_found', 'there is no such wallet', { detail: { id: walletId } });
    const { asset } = await this.#assets.enabled(said.asset, 'bsc');
    const amount = Amount.parse(asset, said.amount);
    const reference = canonicalTransaction(said.reference);
    if ((await this.#payoutAttempts.hasTxid(reference)) || (await this.#booked.isDeposited(asset, reference))) {
      throw new DomainError('ledger.reference_used', 'this payment is in the books already', { detail: { reference } });
    }
    const { credited } = said;
    const body = { asset, amount: amount.toString(), reference, credited };
    const subject = { type: 'wallet', id: walletId } as const;
    const decision = await this.#dualControl.decide({ action: 'wallet.book_deposit', subject, body, note }, by);
    if (decision.state === 'proposed') return decision;
    const { proposedBy: validatorId } = decision;
    await this.#ledger.post([
      { kind: 'DEPOSIT', amount, walletId, reference, credited, reason: note, validatorId, by },
    ]);
    this.#audit.record({
      action: 'wallet.deposit_booked',
      subject,
      by,
      reason: note,
      after: { ...body, proposedBy: validatorId },
    });
    if (!credited) await this.#jobs.send('payout.funded', { walletId });
    return decision;
  }
}
