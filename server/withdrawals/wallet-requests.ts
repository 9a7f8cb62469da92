import type { ActingParty } from '#server/kernel/actor.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { Idempotency } from '#server/kernel/idempotency.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { Sessions } from '#server/kernel/sessions.ts';
import type { WalletMoveInput, WithdrawalSummary } from './contract.ts';
import type { WalletWish, WalletWithdrawals } from './wallet-withdrawals.ts';

/** What a request needs inside a session. */
export interface WalletRequestServices {
  readonly walletWithdrawals: Pick<WalletWithdrawals, 'look' | 'request'>;
  readonly idempotency: Idempotency;
  readonly jobs: JobQueue;
}

const PROCEDURES = { wallet_transfer: 'wallets.transfer', wallet_transit: 'wallets.transit' } as const;

/** Takes a request while the caller waits: the chain is read outside any transaction, then the request is committed. */
export class WalletRequests {
  readonly #sessions: Sessions<WalletRequestServices>;

  constructor(deps: { sessions: Sessions<WalletRequestServices> }) {
    this.#sessions = deps.sessions;
  }

  /** Errors: those of `WalletWithdrawals`, and `idempotency.conflict`. */
  async request(kind: WalletWish['kind'], input: WalletMoveInput, by: ActingParty): Promise<WithdrawalSummary> {
    const { idempotencyKey: key, ...body } = input;
    const call = { procedure: PROCEDURES[kind], key, body };
    const wish = { kind, ...body };
    // A repeated request is answered as it was, also while the chain cannot be read.
    const known = await this.#sessions.withoutTransaction(({ idempotency }) =>
      idempotency.kept<WithdrawalSummary>(call),
    );
    if (known) return known;
    const seen = await this.#sessions.withoutTransaction(({ walletWithdrawals }) => walletWithdrawals.look(wish));
    try {
      return await this.#sessions.inTransaction(({ idempotency, walletWithdrawals }) =>
        idempotency.once(call, () => walletWithdrawals.request(wish, seen, by)),
      );
    } catch (error) {
      if (error instanceof DomainError && error.code === 'wallet.balance_unconfirmed') await this.#observe(wish);
      throw error;
    }
  }

  /** What holds the request back is looked at now, and not only when its turn comes. */
  async #observe({ walletId }: WalletWish): Promise<void> {
    await this.#sessions.inTransaction(({ jobs }) => jobs.send('wallet.observe', { walletId }));
  }
}
