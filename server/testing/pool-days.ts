import { DomainError } from '#server/kernel/errors.ts';
import type { MiningPool, PoolDailyProfit } from '#server/mining/pool.port.ts';

type DayCoins = PoolDailyProfit['coins'];

/** A pool whose days say what a test tells it; a day it was not told about brought nothing. */
export class PoolDays implements MiningPool {
  readonly days = new Map<string, DayCoins>();
  readonly asked: string[] = [];
  stock: DayCoins = [];
  down = false;
  /** Days the pool has no figures of, and whether it does not answer for anything but its account. */
  readonly refused = new Set<string>();
  silent = false;
  readonly #today: () => string;

  constructor(today: () => string) {
    this.#today = today;
  }

  async readProject() {
    return { name: 'Project', account: 'treasury@platform.example' };
  }

  async readHashBalance() {
    this.#beSilent();
    return { day: this.#today(), credit: '50000', power: '8348.6' };
  }

  async readHashRate() {
    this.#beSilent();
    const at = `${this.#today()}T00:00:00.000Z`;
    return { at, last24h: '1', last1h: '2', last10m: '3', efficiency: '99', reject: '1' };
  }

  async readDailyProfit(day = this.#today()) {
    this.asked.push(day);
    if (this.refused.has(day)) throw new DomainError('provider.rejected', 'Data not found');
    this.#beSilent();
    return { day, coins: this.days.get(day) ?? [] };
  }

  async readAssetBalances() {
    if (this.down) throw new Error('the pool is down');
    this.#beSilent();
    const coins = this.stock.map(({ asset, total }) => ({ asset, balance: total, available: total, locked: '0' }));
    return { day: this.#today(), coins };
  }

  async requestWithdrawal(): Promise<never> {
    throw new Error('nothing is withdrawn here');
  }

  async readWithdrawals() {
    return [];
  }

  #beSilent(): void {
    if (this.silent) throw new DomainError('provider.unreachable', 'no answer');
  }
}

export const brought = (asset: string, total: string): DayCoins[number] => ({ asset, total, price: null });
