import type { MiningPool, PoolDailyProfit } from '#server/mining/pool.port.ts';

type DayCoins = PoolDailyProfit['coins'];

/** A pool whose days say what a test tells it; a day it was not told about brought nothing. */
export class PoolDays implements MiningPool {
  readonly days = new Map<string, DayCoins>();
  readonly asked: string[] = [];
  stock: DayCoins = [];
  down = false;
  readonly #today: () => string;

  constructor(today: () => string) {
    this.#today = today;
  }

  async readProject() {
    return { name: 'Project', account: 'treasury@platform.example' };
  }

  async readHashBalance() {
    return { day: this.#today(), credit: '50000', power: '8348.6' };
  }

  async readHashRate() {
    const at = `${this.#today()}T00:00:00.000Z`;
    return { at, last24h: '1', last1h: '2', last10m: '3', efficiency: '99', reject: '1' };
  }

  async readDailyProfit(day = this.#today()) {
    this.asked.push(day);
    return { day, coins: this.days.get(day) ?? [] };
  }

  /** The last thing that is read. */
  async readAssetBalances() {
    if (this.down) throw new Error('the pool is down');
    const coins = this.stock.map(({ asset, total }) => ({ asset, balance: total, available: total, locked: '0' }));
    return { day: this.#today(), coins };
  }

  async requestWithdrawal(): Promise<never> {
    throw new Error('nothing is withdrawn here');
  }

  async readWithdrawals() {
    return [];
  }
}

export const brought = (asset: string, total: string): DayCoins[number] => ({ asset, total, price: null });
