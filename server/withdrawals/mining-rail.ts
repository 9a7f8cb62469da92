import { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import { type MiningRepository, type MiningService, type PoolHistory, PROJECT } from '#server/mining/index.ts';
import { MiningAttemptLog } from './mining-attempt-log.ts';
import type { PayoutAttemptRepository } from './payout-attempt.repository.ts';
import type { Clearance, Cover, PayoutOrder, PayoutOutcome, PayoutRail } from './payout-rail.ts';
import { CLOCK_TOLERANCE_MS, type PoolAttempts } from './pool-attempts.ts';
import { poolBefore, poolBeforeIn } from './pool-before.ts';
import type { LapseReason } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/** Payouts of one coin share a read of the pool's list, as long as it is no older than this. */
const LIST_MAX_AGE_MS = 60_000;
/** The pool's balances are a day's; those of an earlier day than the last two say nothing about now. */
const BALANCE_MAX_AGE_MS = 2 * 86_400_000;
const DAY_MS = 86_400_000;

/** Mined coins: the pool pays the platform's own account, and names no destination of ours. */
export class MiningRail implements PayoutRail {
  readonly provider = 'hashdam';
  readonly log: MiningAttemptLog;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #attempts: PoolAttempts;
  readonly #service: MiningService;
  readonly #mining: MiningRepository;
  readonly #history: PoolHistory;

  constructor(deps: {
    payoutAttempts: PayoutAttemptRepository;
    attempts: PoolAttempts;
    service: MiningService;
    mining: MiningRepository;
    history: PoolHistory;
  }) {
    this.#payoutAttempts = deps.payoutAttempts;
    this.#attempts = deps.attempts;
    this.#service = deps.service;
    this.#mining = deps.mining;
    this.#history = deps.history;
    this.log = new MiningAttemptLog({ mining: deps.mining });
  }

  async seenBefore(withdrawal: Withdrawal, mayCall: () => Promise<boolean>): Promise<Json | null> {
    const { asset } = withdrawal;
    const kept = await this.#history.newest({ asset, maxAgeMs: LIST_MAX_AGE_MS });
    const read = kept ?? ((await mayCall()) ? await this.#history.read({ asset }) : null);
    return read && poolBefore(read, withdrawal.money());
  }

  async mayGo(withdrawal: Withdrawal, { now }: { now: Date }): Promise<Clearance> {
    const { asset, amount } = withdrawal;
    if (await this.#payoutAttempts.slotTaken({ provider: this.provider, asset, amount }))
      return { wait: 'same_amount' };
    const held = await this.#held(asset, now);
    if (!held) return { wait: null, cover: null };
    const { sent, fee } = await this.#attempts.outSince(asset, held.since);
    const isCovered = !held.amount.minus(sent).isLessThan(withdrawal.money().plus(fee));
    return isCovered ? { wait: null, cover: { ...held, fee } } : { wait: 'pool_funds' };
  }

  async whyLapse({ destinationAddress }: Withdrawal): Promise<LapseReason | null> {
    return (await this.#mining.project())?.account === destinationAddress ? null : 'destination_changed';
  }

  async pauseWallet(): Promise<void> {
    throw new TypeError('the pool pays out of no wallet');
  }

  send(order: PayoutOrder, beforeFirstByte: () => void): Promise<PayoutOutcome> {
    return this.#service.requestWithdrawal({ ...order, before: poolBeforeIn(order.before), beforeFirstByte });
  }

  /**
   * The last balance the pool told, and since when it may not have what left, by either clock. What is not known, or too old,
   * holds nothing back.
   */
  async #held(asset: string, now: Date): Promise<Omit<Cover, 'fee'> | null> {
    const kept = (await this.#mining.newestBalances(PROJECT, 'asset')).find((balance) => balance.asset === asset);
    const text = kept?.available ?? kept?.amount;
    if (!kept || !text) return null;
    const cutMs = Math.min(Date.parse(kept.day) + DAY_MS, kept.readAt.getTime());
    if (now.getTime() - cutMs > BALANCE_MAX_AGE_MS) return null;
    return { amount: Amount.fromDecimal(asset, text), since: new Date(cutMs - CLOCK_TOLERANCE_MS) };
  }
}
