import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { VALUE, type Worth } from './tier-choice.ts';

/** The pool closes a day's prices once; older ones than this say nothing about today. */
export const PRICE_GOOD_FOR_DAYS = 3;

/** What amounts are worth by the pool's daily closing prices, as last read. */
export class Prices {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** Now, by the database's clock. */
  async worth(amount: Amount): Promise<Worth> {
    // What is on the chain has no price at the pool.
    if (amount.asset.startsWith('BSC:')) return 'unpriced';
    const [row] = await sql<{ value: string }>(
      this.#em,
      `select trim_scale(round(least(?::numeric * price, 1e19), 18))::text as value from mining_balances
       where owner_type = 'project' and kind = 'profit' and asset = ? and price is not null
         and day between (clock_timestamp() at time zone 'UTC')::date - ?::int
           and (clock_timestamp() at time zone 'UTC')::date
       order by day desc limit 1`,
      [amount.toString(), amount.asset, PRICE_GOOD_FOR_DAYS],
    );
    return row ? Amount.fromDecimal(VALUE, row.value) : 'unknown';
  }
}
