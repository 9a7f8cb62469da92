import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '#server/database/database-now.ts';
import { sql } from '#server/database/sql.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { newId } from '#server/kernel/ids.ts';
import type { MiningPool, PoolWithdrawal } from './pool.port.ts';

/** One complete read of a coin's withdrawals: what is not in it was not listed between the two days when it was made. */
export interface PoolHistoryRead {
  readonly id: string;
  readonly asset: string;
  /** `YYYY-MM-DD`, UTC, both included. */
  readonly fromDay: string;
  readonly toDay: string;
  /** By the database's clock. */
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Of the rows as they were read, in hex. */
  readonly sha256: string;
  /** What to add to the pool's times to get ours; null when the pool did not say what time it has. */
  readonly clockOffsetMs: number | null;
  readonly rows: readonly PoolWithdrawal[];
}

export interface PoolHistoryWish {
  readonly asset: string;
  /** The day before this one is the first that is asked for: clocks and midnights differ. Now, where it is left out. */
  readonly since?: Date;
}

/** Contents that were parsed lately, by their hash: every payout of a coin looks at the same ones. */
const parsed = new Map<string, PoolHistoryRead['rows']>();
const PARSED_MAX = 8;

/** Long enough for everything that people decide about; contents that did not change are kept once. */
const KEPT_FOR = '35 days';
const DAY_MS = 86_400_000;
/** A clock that is off by more is wrong, and how much does not matter. */
const CLOCK_OFFSET_MAX_MS = 3_600_000;

/**
 * Complete reads of the pool's list, kept in a table: every process that pays a coin shares them, and what somebody
 * decided by one can be looked up afterwards. Reading calls the pool, so it needs a session without a transaction.
 */
export class PoolHistory {
  readonly #em: EntityManager;
  readonly #pool: MiningPool;

  constructor(deps: { em: EntityManager; pool: MiningPool }) {
    this.#em = deps.em;
    this.#pool = deps.pool;
  }

  /** Null when the list could not be read whole, which proves nothing. */
  async read(wish: PoolHistoryWish): Promise<PoolHistoryRead | null> {
    const startedAt = await databaseNow(this.#em);
    const days = {
      fromDay: utcDay((wish.since ?? startedAt).getTime() - DAY_MS),
      toDay: utcDay(startedAt.getTime() + DAY_MS),
    };
    try {
      const rows = await this.#pool.readWithdrawals({ asset: wish.asset, ...days });
      return await this.#keep({ asset: wish.asset, ...days, startedAt, rows });
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  /** A read of the last two days that somebody began no longer ago; null when there is none. */
  async newest({ asset, maxAgeMs }: { asset: string; maxAgeMs: number }): Promise<PoolHistoryRead | null> {
    const atHand = new Map(parsed);
    const [row] = await sql<ReadRow>(
      this.#em,
      `select r.id, r.from_day::text as from_day, r.to_day::text as to_day, r.started_at, r.ended_at, r.sha256,
         r.clock_offset_ms, case when r.sha256 = any(?::text[]) then null else c.rows end as rows
       from pool_history_reads r join pool_history_contents c on c.sha256 = r.sha256
       where r.provider = 'hashdam' and r.asset = ?
         and r.from_day < (clock_timestamp() at time zone 'utc')::date
         and r.to_day > (clock_timestamp() at time zone 'utc')::date
         and r.started_at >= clock_timestamp() - ? * interval '1 millisecond'
       order by r.started_at desc limit 1`,
      [[...atHand.keys()], asset, maxAgeMs],
    );
    if (!row) return null;
    const rows = row.rows ?? atHand.get(row.sha256);
    if (!rows) throw new Error('the contents of a read are gone');
    keepParsed(row.sha256, rows);
    return {
      ...{ id: row.id, asset, fromDay: row.from_day, toDay: row.to_day, sha256: row.sha256, rows },
      ...{ startedAt: new Date(row.started_at), endedAt: new Date(row.ended_at), clockOffsetMs: row.clock_offset_ms },
    };
  }

  /** Rows that were made before are older than our books: nobody has to explain them. */
  async watchedSince(asset: string): Promise<Date> {
    const [watch] = await sql<{ since: Date | string }>(
      this.#em,
      `select since from pool_watches where provider = 'hashdam' and asset = ?`,
      [asset],
    );
    return watch ? new Date(watch.since) : databaseNow(this.#em);
  }

  /** Whether all that may still change has not been read for a day. */
  async isWholeDue(asset: string): Promise<boolean> {
    const fresh = await sql(
      this.#em,
      `select 1 from pool_watches
       where provider = 'hashdam' and asset = ? and read_whole_at > clock_timestamp() - interval '1 day'`,
      [asset],
    );
    return fresh.length === 0;
  }

  /** `at` is when it was begun to be read; what was demanded since asks for another one. */
  async noteWhole(asset: string, at: Date): Promise<void> {
    await sql(
      this.#em,
      `update pool_watches set read_whole_at = ? where provider = 'hashdam' and asset = ?
         and (read_whole_at is null or read_whole_at + interval '1 day' <= ?)`,
      [at, asset, at],
    );
  }

  /** Something was seen that must be seen again: the next reading is of everything, as if a day had passed by now. */
  async demandWhole(asset: string): Promise<void> {
    await sql(
      this.#em,
      `update pool_watches set read_whole_at = clock_timestamp() - interval '1 day'
       where provider = 'hashdam' and asset = ?`,
      [asset],
    );
  }

  /** What nobody needs any more goes. */
  async forgetOld(): Promise<void> {
    await sql(this.#em, `delete from pool_history_reads where started_at < clock_timestamp() - ?::interval`, [
      KEPT_FOR,
    ]);
    await sql(
      this.#em,
      `delete from pool_history_contents c
       where not exists (select 1 from pool_history_reads r where r.sha256 = c.sha256)`,
    );
  }

  async #keep(read: Omit<PoolHistoryRead, 'id' | 'endedAt' | 'sha256' | 'clockOffsetMs'>): Promise<PoolHistoryRead> {
    const { asset, fromDay, toDay, startedAt } = read;
    const text = JSON.stringify(read.rows);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const clockOffsetMs = within(CLOCK_OFFSET_MAX_MS, this.#pool.clockOffsetMs?.() ?? null);
    const id = newId();
    const [kept] = await sql<{ ended_at: Date | string }>(
      this.#em,
      `with contents as (
         insert into pool_history_contents (sha256, rows) values (?, ?::jsonb) on conflict (sha256) do nothing),
       watch as (
         insert into pool_watches (provider, asset, since) values ('hashdam', ?, ?) on conflict do nothing)
       insert into pool_history_reads (id, provider, asset, from_day, to_day, started_at, ended_at, row_count, sha256, clock_offset_ms)
       values (?, 'hashdam', ?, ?, ?, ?, clock_timestamp(), ?, ?, ?) returning ended_at`,
      [
        ...[sha256, text, asset, startedAt],
        ...[id, asset, fromDay, toDay, startedAt, read.rows.length, sha256, clockOffsetMs],
      ],
    );
    return { ...read, id, sha256, clockOffsetMs, endedAt: new Date(kept?.ended_at ?? startedAt) };
  }
}

interface ReadRow {
  readonly id: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly started_at: Date | string;
  readonly ended_at: Date | string;
  readonly sha256: string;
  readonly clock_offset_ms: number | null;
  /** Null where they are at hand. */
  readonly rows: readonly PoolWithdrawal[] | null;
}

function keepParsed(sha256: string, rows: PoolHistoryRead['rows']): void {
  parsed.delete(sha256);
  parsed.set(sha256, rows);
  const [oldest] = parsed.keys();
  if (parsed.size > PARSED_MAX && oldest) parsed.delete(oldest);
}

const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const within = (max: number, value: number | null): number | null =>
  value === null ? null : Math.max(-max, Math.min(max, value));
