import type { Json } from '#server/kernel/canonical-json.ts';
import type { MiningRepository, MiningService } from '#server/mining/index.ts';
import { MiningAttemptLog } from './mining-attempt-log.ts';
import type { PayoutOrder, PayoutOutcome, PayoutRail } from './payout-rail.ts';
import type { WaitReason } from './statuses.ts';
import type { Withdrawal } from './withdrawal.entity.ts';
import type { WithdrawalRepository } from './withdrawal.repository.ts';

/** Mined coins: the pool pays the platform's own account, and names no destination of ours. */
export class MiningRail implements PayoutRail {
  readonly provider = 'hashdam';
  readonly log: MiningAttemptLog;
  readonly #withdrawals: WithdrawalRepository;
  readonly #service: MiningService;
  readonly #mining: MiningRepository;

  constructor(deps: { withdrawals: WithdrawalRepository; service: MiningService; mining: MiningRepository }) {
    this.#withdrawals = deps.withdrawals;
    this.#service = deps.service;
    this.#mining = deps.mining;
    this.log = new MiningAttemptLog({ mining: deps.mining });
  }

  async seenBefore(): Promise<Json | null> {
    return null;
  }

  async whyWait({ asset, amount }: Withdrawal): Promise<WaitReason | null> {
    return (await this.#withdrawals.slotTaken({ provider: this.provider, asset, amount })) ? 'same_amount' : null;
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
}
