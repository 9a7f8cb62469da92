import type { EntityManager } from '@mikro-orm/postgresql';
import { execute } from '#server/database/sql.ts';
import { bookable } from '#server/kernel/amount.ts';
import type { MiningService, PoolWithdrawal } from '#server/mining/index.ts';
import type { OpenRun, RunTry } from './reconciliation-run.ts';

const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 1_000;
/** A list that moved while it was read is read again. */
const TRIES = 3;

/** What the pool lists, a day of a coin at a time, so that no more than that is ever held here. */
export class PoolListing {
  readonly #em: EntityManager;
  readonly #mining: Pick<MiningService, 'history'>;

  constructor(deps: { em: EntityManager; mining: Pick<MiningService, 'history'> }) {
    this.#em = deps.em;
    this.#mining = deps.mining;
  }

  /**
   * Outside any transaction: reads the days of a run, and one more at each end, because clocks and midnights differ. False
   * when a day could not be read whole; then nothing can be compared.
   */
  async stage({ days, assets, ...run }: OpenRun): Promise<boolean> {
    const first = Date.parse(days.from) - DAY_MS;
    for (const asset of assets) {
      for (let at = first; at <= Date.parse(days.to) + DAY_MS; at += DAY_MS) {
        const day = new Date(at).toISOString().slice(0, 10);
        const rows = await this.#whole(asset, day);
        if (!rows) return false;
        // A row without a time is listed on every day: kept once, as one of the first that is compared.
        const news = at === first ? rows : rows.filter(({ createdAt }) => createdAt !== null);
        await this.#keep(run, news, days.from);
      }
    }
    return true;
  }

  async #whole(asset: string, day: string): Promise<readonly PoolWithdrawal[] | null> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const rows = await this.#mining.history({ asset, fromDay: day, toDay: day });
      if (rows) return rows.filter((row) => row.asset === asset);
    }
    return null;
  }

  async #keep({ runId, begun }: RunTry, rows: readonly PoolWithdrawal[], timelessDay: string): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      const some = rows.slice(at, at + ROWS_AT_ONCE).map((row) => stagedRow(row, timelessDay));
      await execute(this.#em, STAGE, [runId, begun, JSON.stringify(some)]);
    }
  }
}

/** Only while this try is the run's newest; `for share` waits for one that is just beginning. */
const STAGE = `
  insert into reconciliation_rows (run_id, asset, day, reference, amount, amount_text, fee, address, status, raw_status, created_at)
  select run.id, x.asset, x.day, x.reference, x.amount, x.amount_text, x.fee, x.address, x.status, x.raw_status, x.created_at
  from (select id from reconciliation_runs where id = $1 and started_at = $2::timestamptz for share) run,
    jsonb_to_recordset($3::jsonb) as x (asset text, day date, reference text, amount numeric, amount_text text, fee numeric,
    address text, status text, raw_status text, created_at timestamptz)`;

/** Figures that cannot be booked stay as they were written, and fit nothing. */
const stagedRow = (row: PoolWithdrawal, timelessDay: string) => ({
  ...{ asset: row.asset, reference: row.reference, amount_text: row.amount },
  day: row.createdAt?.slice(0, 10) ?? timelessDay,
  amount: bookable(row.asset, row.amount)?.toString() ?? null,
  fee: bookable(row.asset, row.fee)?.toString() ?? null,
  ...{ address: row.address, status: row.status, raw_status: row.rawStatus, created_at: row.createdAt },
});
