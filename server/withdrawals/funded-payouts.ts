import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import { tryNow } from './try-now.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';
import type { WithdrawalMover } from './withdrawal-mover.ts';

/** Coins have come into a wallet: what waited there for them goes on at once, not when its timer says so. */
export class FundedPayouts {
  readonly #em: EntityManager;
  readonly #withdrawals: WithdrawalRepository;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #mover: WithdrawalMover;
  readonly #jobs: JobQueue;

  constructor(deps: {
    em: EntityManager;
    withdrawals: WithdrawalRepository;
    payoutAttempts: PayoutAttemptRepository;
    mover: WithdrawalMover;
    jobs: JobQueue;
  }) {
    this.#em = deps.em;
    this.#withdrawals = deps.withdrawals;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#mover = deps.mover;
    this.#jobs = deps.jobs;
  }

  /** Of whatever asset: a token may have waited for the BNB of its gas. Who asked first goes first. */
  async waiting(walletId: string): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      this.#em,
      `select id from withdrawals where status in ('approved', 'retrying') and wallet_id = ? and wait_reason = 'funds'
       order by requested_at, id`,
      [walletId],
    );
    return rows.map(({ id }) => id);
  }

  /** In a transaction of its own: a withdrawal is locked before its wallet, and one is never locked after another. */
  async goOn(withdrawalId: string): Promise<void> {
    const withdrawal = await this.#withdrawals.lock(withdrawalId);
    if (withdrawal.waitReason !== 'funds' || !(await this.#mover.canMove(withdrawal, 'retry_now'))) return;
    await tryNow(withdrawal, { payoutAttempts: this.#payoutAttempts, jobs: this.#jobs });
  }
}
