import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { JobQueue } from '#server/kernel/job-queue.ts';
import type { LedgerService } from '#server/ledger/index.ts';
import { type MiningRepository, PROJECT } from './mining.repository.ts';
import type {
  MiningPool,
  PoolAssetBalances,
  PoolDailyProfit,
  PoolHashBalance,
  PoolHashRate,
  PoolProject,
} from './pool.port.ts';

/** Days read when nothing has been collected yet, and at most in one run. */
const DAYS_MAX = 31;
const FIRST_DAYS = 7;
const DAY_MS = 86_400_000;

/** Everything one run read from the pool, before any of it is written. */
export interface PoolReadings {
  readonly project: PoolProject;
  readonly hash: PoolHashBalance;
  readonly rate: PoolHashRate;
  readonly assets: PoolAssetBalances;
  readonly profits: readonly PoolDailyProfit[];
}

/** The days a run is about, both ends included. */
export interface CollectRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Reads the pool's figures (no transaction), then keeps them and books what each closed day brought (one transaction).
 * Running it twice, or for days that were read before, changes nothing that has not changed at the pool.
 */
export class MiningCollector {
  readonly #mining: MiningRepository;
  readonly #pool: MiningPool;
  readonly #ledger: LedgerService;
  readonly #assets: AssetRegistry;
  readonly #audit: AuditTrail;
  readonly #jobs: JobQueue;
  readonly #clock: Clock;

  constructor(deps: {
    mining: MiningRepository;
    pool: MiningPool;
    ledger: LedgerService;
    assets: AssetRegistry;
    audit: AuditTrail;
    jobs: JobQueue;
    clock: Clock;
  }) {
    this.#mining = deps.mining;
    this.#pool = deps.pool;
    this.#ledger = deps.ledger;
    this.#assets = deps.assets;
    this.#audit = deps.audit;
    this.#jobs = deps.jobs;
    this.#clock = deps.clock;
  }

  /** Puts a run on the queue, in the caller's commit; resolves to the job's id. */
  async order(range: CollectRange, by: ActingParty): Promise<string> {
    const { from, to } = range;
    const id = await this.#jobs.send('mining.collect', { ...(from && { from }), ...(to && { to }) });
    const after = { from: from ?? null, to: to ?? null, jobId: id };
    this.#audit.record({ action: 'mining.collect_ordered', subject: { type: 'mining', id: PROJECT.id }, by, after });
    return id;
  }

  async read(range: CollectRange): Promise<PoolReadings> {
    const profits: PoolDailyProfit[] = [];
    for (const day of await this.#days(range)) profits.push(await this.#pool.readDailyProfit(day));
    return {
      project: await this.#pool.readProject(),
      hash: await this.#pool.readHashBalance(),
      rate: await this.#pool.readHashRate(),
      assets: await this.#pool.readAssetBalances(),
      profits,
    };
  }

  async keep(readings: PoolReadings, by: ActingParty): Promise<void> {
    const readAt = this.#clock.now();
    const { project, hash, rate, assets, profits } = readings;
    await this.#mining.saveProject(project, readAt);
    await this.#mining.saveHashRate(rate, readAt);
    const level = { owner: PROJECT, asset: 'HASH', day: hash.day, readAt };
    await this.#mining.upsertBalance({ ...level, kind: 'hash_credit', amount: hash.credit });
    await this.#mining.upsertBalance({ ...level, kind: 'hash_power', amount: hash.power });
    const coins = [...assets.coins, ...profits.flatMap((profit) => profit.coins)].map(({ asset }) => asset);
    await this.#assets.learnPoolCoins([...new Set(coins)]);
    const day = assets.day ?? this.#yesterday();
    for (const { asset, balance, available, locked } of assets.coins) {
      await this.#mining.upsertBalance({
        owner: PROJECT,
        kind: 'asset',
        asset,
        day,
        amount: balance,
        available,
        locked,
        readAt,
      });
    }
    for (const profit of profits) await this.#keepProfit(profit, readAt, by);
    this.#audit.record({
      action: 'mining.collected',
      subject: { type: 'mining', id: PROJECT.id },
      by,
      after: { days: profits.map((profit) => profit.day), coins: coins.length },
    });
  }

  async #keepProfit(profit: PoolDailyProfit, readAt: Date, by: ActingParty): Promise<void> {
    const { day } = profit;
    for (const { asset, total, price } of profit.coins) {
      await this.#mining.upsertBalance({ owner: PROJECT, kind: 'profit', asset, day, amount: total, price, readAt });
      await this.#ledger.collect({ day, amount: Amount.fromDecimal(asset, total), source: PROJECT.id }, by);
    }
  }

  /** Closed days only: a day can be read from 00:00 UTC of the next one on. The last day kept is read again. */
  async #days({ from, to }: CollectRange): Promise<string[]> {
    const closed = this.#yesterday();
    const last = to && to < closed ? to : closed;
    const [newest] = await this.#mining.newestBalances(PROJECT, 'profit');
    const start = from ?? newest?.day ?? dayOf(Date.parse(last) - (FIRST_DAYS - 1) * DAY_MS);
    const days: string[] = [];
    for (let at = Date.parse(start); at <= Date.parse(last) && days.length < DAYS_MAX; at += DAY_MS)
      days.push(dayOf(at));
    return days;
  }

  #yesterday(): string {
    return dayOf(this.#clock.now().getTime() - DAY_MS);
  }
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
