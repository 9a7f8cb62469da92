import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { LISTED_AMOUNT, type PoolRowClaims, type PoolWithdrawal } from '#server/mining/index.ts';
import type { PayoutAttempt } from '#server/withdrawals/index.ts';

/** What the pool's lists, as they were read, show under the name that people give a payment. Looks only. */
export class ListedRows {
  readonly #em: EntityManager;
  readonly #claims: PoolRowClaims;

  constructor(deps: { em: EntityManager; claims: PoolRowClaims }) {
    this.#em = deps.em;
    this.#claims = deps.claims;
  }

  /** Which of these names are another payment's, or nobody's by the word of two people. */
  async takenOf({ asset, id }: PayoutAttempt, references: readonly string[]): Promise<string[]> {
    if (references.length === 0) return [];
    const claims = [...(await this.#claims.of(asset, references)).values()];
    const bound = await sql<{ reference: string }>(
      this.#em,
      `select reference from payout_attempts
       where provider = 'hashdam' and asset = ? and id <> ? and reference = any(?::text[])`,
      [asset, id, [...references]],
    );
    const claimed = claims.filter(({ attemptId }) => attemptId !== id);
    return [...new Set([...claimed, ...bound].map(({ reference }) => reference))];
  }

  /** Whether a row of this name is another payment's, or nobody's by the word of two people. */
  async isTaken({ asset, id }: PayoutAttempt, reference: string): Promise<boolean> {
    const claims = await this.#claims.of(asset, [reference]);
    return [...claims.values()].some(({ attemptId }) => attemptId !== id);
  }

  /**
   * The row of the attempt's coin and amount under this name in the newest list that has one; the paid one where the pool
   * uses the name twice. Null when no list shows one.
   */
  async row({ asset, amount }: PayoutAttempt, reference: string): Promise<PoolWithdrawal | null> {
    const [found] = await sql<{ row: PoolWithdrawal }>(
      this.#em,
      `select e.row from pool_history_reads r join pool_history_contents c on c.sha256 = r.sha256,
         jsonb_array_elements(c.rows) as e(row)
       where r.provider = 'hashdam' and r.asset = ? and e.row->>'reference' = ? and ${LISTED_AMOUNT} = ?
       order by r.started_at desc, e.row->>'status' = 'completed' desc limit 1`,
      [asset, reference, amount],
    );
    return found?.row ?? null;
  }

  /**
   * Whether the name is another payment's: ours, of whatever coin and amount, or a row of the coin that is of another
   * amount. Asked where no row of this payment's own has it.
   */
  async isElsewhere({ asset, id }: PayoutAttempt, reference: string): Promise<boolean> {
    const found = await sql(
      this.#em,
      `select 1 from payout_attempts where provider = 'hashdam' and id <> ? and reference = ?
       union all
       select 1 from pool_history_reads r join pool_history_contents c on c.sha256 = r.sha256,
         jsonb_array_elements(c.rows) as e(row)
       where r.provider = 'hashdam' and r.asset = ? and e.row->>'reference' = ?
       limit 1`,
      [id, reference, asset, reference],
    );
    return found.length > 0;
  }

  /** The very same row as the newest list that has it shows it: what was under way may have come to its end since. */
  async asNow(row: PoolWithdrawal): Promise<PoolWithdrawal> {
    const [found] = await sql<{ row: PoolWithdrawal }>(
      this.#em,
      `select e.row from pool_history_reads r join pool_history_contents c on c.sha256 = r.sha256,
         jsonb_array_elements(c.rows) as e(row)
       where r.provider = 'hashdam' and r.asset = ? and e.row->>'reference' = ? and e.row->>'amount' = ?
         and e.row->>'createdAt' is not distinct from ?::text
       order by r.started_at desc limit 1`,
      [row.asset, row.reference, row.amount, row.createdAt],
    );
    return found?.row ?? row;
  }
}
