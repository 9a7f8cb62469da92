import type { AssetRegistry } from '#server/assets/index.ts';
import type { AuditTrail } from '#server/audit/index.ts';
import type { ActingParty } from '#server/kernel/actor.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { DomainError } from '#server/kernel/errors.ts';
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
import type { RefusedDays } from './refused-days.ts';

/** Days read at most in one run, and when nothing has been collected yet. */
const DAYS_MAX = 31;
const FIRST_DAYS = 7;
const DAY_MS = 86_400_000;

/** After so many calls without an answer the pool is away, and the days that are left are another run's. */
const UNANSWERED_MAX = 3;

/** Everything one run read from the pool, before any of it is written; null is what could not be read. */
export interface PoolReadings {
  readonly project: PoolProject | null;
  readonly hash: PoolHashBalance | null;
  readonly rate: PoolHashRate | null;
  readonly assets: PoolAssetBalances | null;
  readonly profits: readonly PoolDailyProfit[];
  readonly notRead: readonly NotRead[];
}

export interface NotRead {
  /** A day, or which of the other figures. */
  readonly what: string;
  readonly error: DomainError;
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
  readonly #refusedDays: RefusedDays;
  readonly #audit: AuditTrail;
  readonly #jobs: JobQueue;
  readonly #clock: Clock;

  constructor(deps: {
    mining: MiningRepository;
    pool: MiningPool;
    ledger: LedgerService;
    assets: AssetRegistry;
    refusedDays: RefusedDays;
    audit: AuditTrail;
    jobs: JobQueue;
    clock: Clock;
  }) {
    this.#mining = deps.mining;
    this.#pool = deps.pool;
    this.#ledger = deps.ledger;
    this.#assets = deps.assets;
    this.#refusedDays = deps.refusedDays;
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

  /**
   * Each figure by itself: a day that the pool refuses is a day that was not read, and keeps nobody from the account that
   * payouts go to. Throws when nothing at all could be read.
   */
  async read(range: CollectRange): Promise<PoolReadings> {
    const notRead: NotRead[] = [];
    const attempt = async <Figure>(what: string, read: () => Promise<Figure>): Promise<Figure | null> => {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        notRead.push({ what, error });
        return null;
      }
    };
    const project = await attempt('project', () => this.#pool.readProject());
    const hash = await attempt('hash_balance', () => this.#pool.readHashBalance());
    const rate = await attempt('hash_rate', () => this.#pool.readHashRate());
    const assets = await attempt('asset_balances', () => this.#pool.readAssetBalances());
    const profits: PoolDailyProfit[] = [];
    for (const day of await this.#days(range)) {
      if (notRead.filter(({ error }) => error.code === 'provider.unreachable').length >= UNANSWERED_MAX) break;
      const profit = await attempt(day, () => this.#pool.readDailyProfit(day));
      if (profit) profits.push(profit);
    }
    const [first] = notRead;
    if (first && !project && !hash && !rate && !assets && profits.length === 0) throw first.error;
    return { project, hash, rate, assets, profits, notRead };
  }

  async keep(readings: PoolReadings, by: ActingParty): Promise<void> {
    const readAt = this.#clock.now();
    const { project, hash, rate, assets, profits, notRead } = readings;
    if (project) await this.#mining.saveProject(project, readAt);
    if (rate) await this.#mining.saveHashRate(rate, readAt);
    if (hash) await this.#keepHash(hash, readAt);
    const coins = [assets?.coins ?? [], ...profits.map((profit) => profit.coins)].flat().map(({ asset }) => asset);
    await this.#assets.learnPoolCoins([...new Set(coins)]);
    if (assets) await this.#keepAssets(assets, readAt);
    for (const profit of profits) await this.#keepProfit(profit, readAt, by);
    await this.#refusedDays.read(profits.map(({ day }) => day));
    for (const { what, error } of notRead) if (isDay(what)) await this.#refusedDays.note(what, error);
    this.#audit.record({
      action: 'mining.collected',
      subject: { type: 'mining', id: PROJECT.id },
      by,
      after: {
        days: profits.map((profit) => profit.day),
        coins: coins.length,
        ...(notRead.length > 0 && { notRead: notRead.map(({ what }) => what) }),
      },
    });
  }

  async #keepHash({ day, credit, power }: PoolHashBalance, readAt: Date): Promise<void> {
    const level = { owner: PROJECT, asset: 'HASH', day, readAt };
    await this.#mining.upsertBalance({ ...level, kind: 'hash_credit', amount: credit });
    await this.#mining.upsertBalance({ ...level, kind: 'hash_power', amount: power });
  }

  async #keepAssets({ day, coins }: PoolAssetBalances, readAt: Date): Promise<void> {
    const level = { owner: PROJECT, kind: 'asset', day: day ?? this.#yesterday(), readAt } as const;
    for (const { asset, balance, available, locked } of coins)
      await this.#mining.upsertBalance({ ...level, asset, amount: balance, available, locked });
  }

  async #keepProfit(profit: PoolDailyProfit, readAt: Date, by: ActingParty): Promise<void> {
    const { day } = profit;
    for (const { asset, total, price } of profit.coins) {
      await this.#mining.upsertBalance({ owner: PROJECT, kind: 'profit', asset, day, amount: total, price, readAt });
      await this.#ledger.collect({ day, amount: Amount.fromDecimal(asset, total), source: PROJECT.id }, by);
    }
  }

  /**
   * Closed days only: a day can be read from 00:00 UTC of the next one on. When none are asked for, those of the last month
   * that were not kept, from the first one that was or a week ago, and the last one kept again.
   */
  async #days({ from, to }: CollectRange): Promise<string[]> {
    const closed = this.#yesterday();
    const last = to && to < closed ? to : closed;
    if (from) return daysBetween(from, last);
    const [newest] = await this.#mining.newestBalances(PROJECT, 'profit');
    const month = daysBefore(last, DAYS_MAX - 1);
    if (newest && newest.day < month) return daysBetween(newest.day, last);
    const kept = new Set((await this.#mining.balancesSince(PROJECT, 'profit', month)).map(({ day }) => day));
    const [first] = [...kept, daysBefore(last, FIRST_DAYS - 1)].toSorted();
    return daysBetween(first ?? last, last).filter((day) => day === newest?.day || !kept.has(day));
  }

  #yesterday(): string {
    return dayOf(this.#clock.now().getTime() - DAY_MS);
  }
}

const isDay = (what: string): boolean => /^\d{4}-\d\d-\d\d$/.test(what);
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const daysBefore = (day: string, days: number): string => dayOf(Date.parse(day) - days * DAY_MS);

function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last) && days.length < DAYS_MAX; at += DAY_MS) days.push(dayOf(at));
  return days;
}
