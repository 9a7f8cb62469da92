import type { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type { Page } from '#server/kernel/wire.ts';
import type { AssetBalancesView, HashBalanceView, HashRateView, MiningWithdrawalView, ProfitView } from './contract.ts';
import {
  type MiningBalanceRecord,
  type MiningRepository,
  type MiningWithdrawalQuery,
  PROJECT,
  type WithdrawalRecord,
} from './mining.repository.ts';
import type { MiningPool, PoolWithdrawal, PoolWithdrawalQuery } from './pool.port.ts';
import { despiteRateLimit, type RowsBefore } from './rate-limited.ts';
import type { MiningWithdrawalStatus } from './statuses.ts';

/** What the worker asks of the pool, once the fence has been committed. */
export interface WithdrawalOrder {
  readonly withdrawalId: string;
  readonly attemptId: string;
  readonly attemptNo: number;
  readonly amount: Amount;
  /** What the pool listed of the amount before the fence; null when it could not be read. */
  readonly before: RowsBefore | null;
  readonly beforeFirstByte?: () => void;
}

/** Hash balance, daily figures and withdrawals at the pool. What calls the pool needs a session without a transaction. */
export class MiningService {
  readonly #mining: MiningRepository;
  readonly #pool: MiningPool;
  readonly #clock: Clock;

  constructor(deps: { mining: MiningRepository; pool: MiningPool; clock: Clock }) {
    this.#mining = deps.mining;
    this.#pool = deps.pool;
    this.#clock = deps.clock;
  }

  /** Reads credit and power from the pool and keeps them. Errors: `provider.unreachable`, `provider.rejected`. */
  async hashBalance(): Promise<NonNullable<HashBalanceView>> {
    const { day, credit, power } = await this.#pool.readHashBalance();
    const readAt = this.#clock.now();
    const level = { owner: PROJECT, asset: 'HASH', day, readAt };
    await this.#mining.upsertBalance({ ...level, kind: 'hash_credit', amount: credit });
    await this.#mining.upsertBalance({ ...level, kind: 'hash_power', amount: power });
    return { date: day, credit, power, asOf: readAt.toISOString() };
  }

  /** Sends. Only the worker calls it, after the fence, and it keeps the outcome. Never throws for the pool. */
  async requestWithdrawal(order: WithdrawalOrder): Promise<ProviderOutcome<{ readonly reference: string }>> {
    const { amount, before, beforeFirstByte } = order;
    const outcome = await this.#pool.requestWithdrawal(beforeFirstByte ? { amount, beforeFirstByte } : { amount });
    return despiteRateLimit(outcome, { amount, before }, this.#pool);
  }

  /** Asks for something small, to see whether the pool answers. Errors: `provider.unreachable`, `provider.rejected`. */
  async knock(): Promise<void> {
    await this.#pool.readProject();
  }

  /** What to add to the pool's times to get ours, by its last reply to this process. */
  get clockOffsetMs(): number | null {
    return this.#pool.clockOffsetMs?.() ?? null;
  }

  /** The pool's list of withdrawals, or null when it could not be read: that proves nothing about any of them. */
  async history(query: PoolWithdrawalQuery): Promise<readonly PoolWithdrawal[] | null> {
    try {
      return await this.#pool.readWithdrawals(query);
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  /** Keeps what an order came to: accepted is `submitted`, unknown waits for people, everything else did not run. */
  async logWithdrawal(order: WithdrawalOrder, outcome: ProviderOutcome<{ readonly reference: string }>): Promise<void> {
    const record: WithdrawalRecord = {
      withdrawalId: order.withdrawalId,
      attemptId: order.attemptId,
      attemptNo: order.attemptNo,
      amount: order.amount,
      status: statusOf(outcome),
      reference: outcome.kind === 'accepted' ? outcome.value.reference : null,
      error: outcome.kind === 'accepted' ? null : outcome.reason,
      fee: null,
      rawStatus: null,
    };
    await this.#mining.logWithdrawal(record);
  }

  /** The newest figures kept, without asking the pool. */
  async keptHashBalance(): Promise<HashBalanceView> {
    const [credit] = await this.#mining.newestBalances(PROJECT, 'hash_credit');
    const [power] = await this.#mining.newestBalances(PROJECT, 'hash_power');
    if (!credit?.amount || !power?.amount) return null;
    return { date: credit.day, credit: credit.amount, power: power.amount, asOf: credit.readAt.toISOString() };
  }

  async keptAssets(): Promise<AssetBalancesView> {
    const rows = await this.#mining.newestBalances(PROJECT, 'asset');
    return {
      rows: rows.map(({ asset, amount, available, locked, day, readAt }) => ({
        asset,
        balance: amount,
        available: available ?? null,
        locked: locked ?? null,
        date: day,
        asOf: readAt.toISOString(),
      })),
    };
  }

  keptHashRate(): Promise<HashRateView> {
    return this.#mining.hashRate();
  }

  async keptProfit(days: number): Promise<ProfitView> {
    const from = new Date(this.#clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10);
    const rows = await this.#mining.balancesSince(PROJECT, 'profit', from);
    return { rows: rows.map(toProfit) };
  }

  withdrawals(query: MiningWithdrawalQuery): Promise<Page<MiningWithdrawalView>> {
    return this.#mining.withdrawals(query);
  }
}

const toProfit = ({ asset, amount, day, price }: MiningBalanceRecord): ProfitView['rows'][number] => ({
  date: day,
  asset,
  total: amount ?? '0',
  price: price ?? null,
});

function statusOf(outcome: ProviderOutcome<unknown>): MiningWithdrawalStatus {
  if (outcome.kind === 'accepted') return 'submitted';
  if (outcome.kind === 'unknown') return 'manual-review';
  return outcome.kind === 'rejected' && outcome.retry === 'never' ? 'failed' : 'retrying';
}
