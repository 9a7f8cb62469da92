import { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { type MiningRepository, type MiningService, type PoolHistory, PROJECT } from '#server/mining/index.ts';
import { MiningAttemptLog } from './mining-attempt-log.ts';
import type { PayoutOrder, PayoutOutcome, PayoutRail } from './payout-rail.ts';
import { poolBefore } from './pool-before.ts';
import type { WaitReason } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';

/** Payouts of one coin share a read of the pool's list, as long as it is no older than this. */
const LIST_MAX_AGE_MS = 60_000;
/** The pool's balances are a day's; those of an earlier day than the last two say nothing about now. */
const BALANCE_MAX_AGE_MS = 2 * 86_400_000;
const DAY_MS = 86_400_000;

/** Mined coins: the pool pays the platform's own account, and names no destination of ours. */
export class MiningRail implements PayoutRail {
  readonly provider = 'hashdam';
  readonly log: MiningAttemptLog;
  readonly #withdrawals: WithdrawalRepository;
  readonly #service: MiningService;
  readonly #mining: MiningRepository;
  readonly #history: PoolHistory;

  constructor(deps: {
    withdrawals: WithdrawalRepository;
    service: MiningService;
    mining: MiningRepository;
    history: PoolHistory;
  }) {
    this.#withdrawals = deps.withdrawals;
    this.#service = deps.service;
    this.#mining = deps.mining;
    this.#history = deps.history;
    this.log = new MiningAttemptLog({ mining: deps.mining });
  }

  async seenBefore(withdrawal: Withdrawal): Promise<Json | null> {
    const read = await this.#history.read({ asset: withdrawal.asset, maxAgeMs: LIST_MAX_AGE_MS });
    return read && poolBefore(read, withdrawal.money());
  }

  async whyWait(withdrawal: Withdrawal): Promise<WaitReason | null> {
    const { asset, amount } = withdrawal;
    if (await this.#withdrawals.slotTaken({ provider: this.provider, asset, amount })) return 'same_amount';
    return (await this.#isCovered(withdrawal.money())) ? null : 'pool_funds';
  }

  async whyLapse({ destinationAddress }: Withdrawal): Promise<string | null> {
    return (await this.#mining.project())?.account === destinationAddress ? null : 'destination_changed';
  }

  async pauseWallet(): Promise<void> {
    throw new TypeError('the pool pays out of no wallet');
  }

  send(order: PayoutOrder, beforeFirstByte: () => void): Promise<PayoutOutcome> {
    return this.#service.requestWithdrawal({ ...order, beforeFirstByte });
  }

  /** By the last balance the pool told, less what was sent since its cut. What is not known holds nothing back. */
  async #isCovered(amount: Amount): Promise<boolean> {
    const { asset } = amount;
    const kept = (await this.#mining.newestBalances(PROJECT, 'asset')).find((balance) => balance.asset === asset);
    const text = kept?.available ?? kept?.amount;
    if (!kept || !text) return true;
    const cut = new Date(Math.min(Date.parse(kept.day) + DAY_MS, kept.readAt.getTime()));
    const now = await this.#withdrawals.databaseNow();
    if (now.getTime() - cut.getTime() > BALANCE_MAX_AGE_MS) return true;
    const sent = await this.#withdrawals.sentSince({ provider: this.provider, asset, since: cut });
    return !Amount.fromDecimal(asset, text).minus(sent).isLessThan(amount);
  }
}
