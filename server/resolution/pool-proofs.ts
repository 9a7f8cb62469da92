import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { bookable, type PoolRowClaims, type PoolWithdrawal, poolRowKey } from '#server/mining/index.ts';
import type { PayoutAttempt } from '#server/withdrawals/index.ts';
import { type PoolLevel, shortOf } from './pool-equation.ts';
import type { QuietFacts } from './quiet-period.ts';

type Proofs = Pick<QuietFacts, 'reads' | 'snapshots'>;

/** A row from so long before the fence may still be the payment's: the pool's clock is not ours. */
const CLOCK_TOLERANCE_MS = 120_000;

/** What the pool's own lists and daily figures say since an attempt. Looks only. */
export class PoolProofs {
  readonly #em: EntityManager;
  readonly #claims: PoolRowClaims;

  constructor(deps: { em: EntityManager; claims: PoolRowClaims }) {
    this.#em = deps.em;
    this.#claims = deps.claims;
  }

  async of(attempt: PayoutAttempt): Promise<Proofs> {
    const reads = await this.#reads(attempt);
    return { reads, snapshots: await this.#snapshots(attempt) };
  }

  /** Whether the list named this payment's row to somebody else, or says that it is nobody's. */
  async isTaken({ asset, id }: PayoutAttempt, reference: string): Promise<boolean> {
    const claims = await this.#claims.of(asset, [reference]);
    return [...claims.values()].some(({ attemptId }) => attemptId !== id);
  }

  /** The newest row of the attempt's coin and amount under this name; null when no list shows one. */
  async row({ asset, amount }: PayoutAttempt, reference: string): Promise<PoolWithdrawal | null> {
    const [found] = await sql<{ row: PoolWithdrawal }>(
      this.#em,
      `select e.row from pool_history_reads r join pool_history_contents c on c.sha256 = r.sha256,
         jsonb_array_elements(c.rows) as e(row)
       where r.provider = 'hashdam' and r.asset = ? and e.row->>'reference' = ? and ${IS_AMOUNT}
       order by r.started_at desc limit 1`,
      [asset, reference, amount],
    );
    return found?.row ?? null;
  }

  /** Complete readings that cover the attempt's time, each with what of it could be the payment. */
  async #reads(attempt: PayoutAttempt): Promise<Proofs['reads']> {
    const { asset, amount, fencedAt, sendBy } = attempt;
    const reads = await sql<{ at: Date | string; rows: PoolWithdrawal[] }>(
      this.#em,
      `select r.started_at as at, coalesce((select jsonb_agg(e.row) from jsonb_array_elements(c.rows) as e(row)
           where ${IS_AMOUNT}), '[]'::jsonb) as rows
       from pool_history_reads r join pool_history_contents c on c.sha256 = r.sha256
       where r.provider = 'hashdam' and r.asset = ? and r.started_at >= ?
         and r.from_day < (?::timestamptz at time zone 'UTC')::date
       order by r.started_at`,
      [amount, asset, sendBy, fencedAt],
    );
    const names = [...new Set(reads.flatMap(({ rows }) => rows.map(({ reference }) => reference)))];
    const claims = names.length > 0 ? await this.#claims.of(asset, names) : new Map<string, unknown>();
    const from = fencedAt.getTime() - CLOCK_TOLERANCE_MS;
    const fits = (row: PoolWithdrawal) =>
      !claims.has(poolRowKey(row)) && (row.createdAt === null || Date.parse(row.createdAt) >= from);
    return reads.map(({ at, rows }) => ({ at: new Date(at), fits: rows.some(fits) }));
  }

  /** The pool's daily balances after the fence, each held against the last one before it. */
  async #snapshots({ asset, fencedAt }: PayoutAttempt): Promise<Proofs['snapshots']> {
    const levels = await sql<{ day: string; amount: string }>(
      this.#em,
      `select day::text as day, amount::text as amount from mining_balances
       where owner_type = 'project' and kind = 'asset' and asset = ? and amount is not null order by day`,
      [asset],
    );
    const cuts = levels.map(
      ({ day, amount }): PoolLevel => ({ cutAt: cutOf(day), balance: Amount.fromDecimal(asset, amount) }),
    );
    const before = cuts.filter(({ cutAt }) => cutAt <= fencedAt).at(-1);
    const after = cuts.filter(({ cutAt }) => cutAt > fencedAt);
    const snapshots: { cutAt: Date; closes: boolean }[] = [];
    for (const level of after) {
      const short =
        before &&
        shortOf({ before, after: level, ...(await this.#moved(asset, { from: before.cutAt, to: level.cutAt })) });
      snapshots.push({ cutAt: level.cutAt, closes: short !== undefined && !short.isPositive() });
    }
    return snapshots;
  }

  /** What the pool says came in and went out between two cuts. */
  async #moved(asset: string, { from, to }: { from: Date; to: Date }): Promise<{ mined: Amount; paid: Amount }> {
    const [mined] = await sql<{ sum: string }>(
      this.#em,
      `select coalesce(sum(amount), 0)::text as sum from mining_balances
       where owner_type = 'project' and kind = 'profit' and asset = ? and day >= ?::date and day < ?::date`,
      [asset, from.toISOString().slice(0, 10), to.toISOString().slice(0, 10)],
    );
    const [newest] = await sql<{ rows: PoolWithdrawal[] }>(
      this.#em,
      `select c.rows from pool_history_reads r join pool_history_contents c on c.sha256 = r.sha256
       where r.provider = 'hashdam' and r.asset = ? and r.from_day <= ?::date and r.started_at >= ?
       order by r.started_at desc limit 1`,
      [asset, from.toISOString().slice(0, 10), to],
    );
    const out = (newest?.rows ?? []).filter(
      ({ asset: of, status, createdAt }) =>
        of === asset && status !== 'failed' && createdAt !== null && isBetween(Date.parse(createdAt), from, to),
    );
    const paid = out.flatMap((row) => [bookable(asset, row.amount) ?? [], bookable(asset, row.fee) ?? []].flat());
    return { mined: Amount.fromDecimal(asset, mined?.sum ?? '0'), paid: Amount.sum(asset, paid) };
  }
}

/** Decimals as the pool wrote them: compared as numbers, and what is none is left out. */
const IS_AMOUNT = `case when e.row->>'amount' ~ '^[0-9]+([.][0-9]+){0,1}$' then (e.row->>'amount')::numeric = ? else false end`;

/** A day's figures are cut when it ends, in UTC. */
const cutOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00.000Z`) + 86_400_000);
const isBetween = (at: number, from: Date, to: Date): boolean => at > from.getTime() && at <= to.getTime();
