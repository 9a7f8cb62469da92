import { DomainError } from '#server/kernel/errors.ts';
import type { ProviderOutcome } from '#server/kernel/provider-outcome.ts';
import type {
  MiningPool,
  PoolAssetBalances,
  PoolDailyProfit,
  PoolHashBalance,
  PoolHashRate,
  PoolProject,
  PoolWithdrawal,
  PoolWithdrawalOrder,
  PoolWithdrawalQuery,
} from '#server/mining/pool.port.ts';
import { epochInstant, epochInstantForDisplay } from './epoch-instant.ts';
import type { HashDamClient } from './hashdam-client.ts';
import { isCoin } from './order-checks.ts';
import { type HistoryRow, readHistory, withoutTotal } from './withdrawal-history.ts';

/** The vendor's words for where a withdrawal stands. A word that is not here is `unknown`, which moves nothing. */
const STATUSES: ReadonlyMap<string, PoolWithdrawal['status']> = new Map([
  ['pending', 'moving'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

/** The HashDam project as mining's pool. */
export class HashDamMiningPool implements MiningPool {
  readonly #client: HashDamClient;

  constructor(deps: { client: HashDamClient }) {
    this.#client = deps.client;
  }

  clockOffsetMs(): number | null {
    return this.#client.clockOffsetMs;
  }

  async readProject(): Promise<PoolProject> {
    const project = await this.#client.projectInfo();
    return { name: project.projectName || null, account: project.coinExAccount || null };
  }

  async readHashBalance(): Promise<PoolHashBalance> {
    const { date, credit, power } = await this.#client.hashBalance();
    return { day: date, credit, power };
  }

  async readHashRate(): Promise<PoolHashRate> {
    const rate = await this.#client.hashRateRecently();
    const at = epochInstantForDisplay(rate.timestamp);
    if (at === null) throw unreadable('hashRateRecently', 'timestamp');
    const { hashRate24h: last24h, hashRate1h: last1h, hashRate10m: last10m, efficiency, reject } = rate;
    return { at, last24h, last1h, last10m, efficiency, reject };
  }

  async readDailyProfit(day?: string): Promise<PoolDailyProfit> {
    const { date, profit } = await this.#client.profitDaily(day === undefined ? {} : { date: day });
    if (day !== undefined && date !== day) throw unreadable('profitDaily', 'date');
    const coins = this.#coins('profitDaily', profit).map(([asset, { total, price }]) => ({ asset, total, price }));
    return { day: date, coins };
  }

  async readAssetBalances(): Promise<PoolAssetBalances> {
    const { date, asset: assets } = await this.#client.assetBalance();
    const coins = this.#coins('assetBalance', assets ?? {}).map(([asset, sums]) => ({ asset, ...sums }));
    return { day: date, coins };
  }

  async requestWithdrawal({
    amount,
    beforeFirstByte,
  }: PoolWithdrawalOrder): Promise<ProviderOutcome<{ readonly reference: string }>> {
    const outcome = await this.#client.assetWithdrawRequest({
      coin: amount.asset,
      amount: amount.toString(),
      beforeFirstByte,
    });
    return outcome.kind === 'accepted' ? { ...outcome, value: { reference: outcome.value.withdrawId } } : outcome;
  }

  async readWithdrawals(query: PoolWithdrawalQuery): Promise<readonly PoolWithdrawal[]> {
    const { rows, isWhole } = await readHistory(this.#client, {
      coin: query.asset,
      startDate: query.fromDay,
      endDate: query.toDay,
      ...(query.reference === undefined ? {} : { withdrawId: query.reference }),
    });
    const withdrawals = rows.map((row) => this.#withdrawal(row));
    if (!isWhole && withdrawals.some(({ status }) => status === 'failed')) throw withoutTotal();
    return withdrawals;
  }

  #withdrawal(row: HistoryRow): PoolWithdrawal {
    const createdAt = epochInstant(row.createAt);
    const status = STATUSES.get(row.status);
    if (createdAt === null) this.#client.reportDrift('assetWithdrawHistory', 'unreadable_field', 'data[].createAt');
    if (status === undefined) this.#client.reportDrift('assetWithdrawHistory', 'unknown_word', 'data[].status');
    return {
      reference: row.withdrawId,
      asset: row.coin,
      amount: row.amount,
      fee: row.fee,
      address: row.address,
      type: row.type,
      status: status ?? 'unknown',
      rawStatus: row.status,
      message: row.message,
      createdAt,
    };
  }

  /** A new coin is welcome; what cannot be a coin's name is left out and counted. */
  #coins<Sums>(method: string, byCoin: Readonly<Record<string, Sums>>): [string, Sums][] {
    return Object.entries(byCoin).filter(([coin]) => {
      if (!isCoin(coin)) this.#client.reportDrift(method, 'unknown_word', 'coin');
      return isCoin(coin);
    });
  }
}

function unreadable(method: string, field: string): DomainError {
  return new DomainError('provider.unreachable', `hashdam's ${field} of ${method} cannot be read`, {
    detail: { provider: 'hashdam', method, reason: 'unreadable_reply' },
  });
}
