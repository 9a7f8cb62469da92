import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import { COMPANY, isGuarded, POOL, UNDISTRIBUTED } from './accounts.ts';
import { type BucketBalance, type RawBucket, toBucketBalance } from './bucket-balance.ts';
import { LedgerEntry, LedgerTransaction } from './ledger.entity.ts';
import type { Leg } from './legs.ts';
import { type Line, Tally } from './tally.ts';

/** A transaction of the books: what names it, and its entries. */
export interface Movement {
  readonly facts: Omit<Pick<LedgerTransaction, Extract<keyof LedgerTransaction, string>>, 'id' | 'xact'>;
  readonly legs: readonly Leg[];
}

interface PaymentKey {
  readonly kind: 'SETTLE' | 'LATE';
  readonly withdrawalId: string | undefined;
  readonly attemptId: string | undefined;
  readonly asset: string;
}

interface Held {
  readonly amount: Amount;
  readonly memberId: string | undefined;
  readonly walletId: string | undefined;
}

/** Writes the books, and reads what it takes to write them. Balances of guarded accounts are kept by the database, from the entries. */
export class LedgerRepository {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** In one order for everybody, so that two who open the same ones never wait for each other in a circle. */
  async openAccounts(lines: readonly Line[]): Promise<void> {
    await sql(
      this.#em,
      `insert into ledger_accounts (code, asset, bucket, member_id, wallet_id)
       select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[]) as t (code, asset, bucket, member_id, wallet_id)
       order by asset, code on conflict do nothing`,
      [
        ...columnsOf(lines),
        lines.map(({ account }) => account.bucket),
        lines.map(({ account }) => account.memberId),
        lines.map(({ account }) => account.walletId),
      ],
    );
  }

  /**
   * What the lines hold. Guarded balances are locked until the commit, in the order of asset and code, the same for
   * everybody. The others are sums that nobody locks, read after the guarded ones were.
   */
  async lock(lines: readonly Line[]): Promise<Tally> {
    const tally = new Tally();
    const take = (wanted: readonly Line[], rows: readonly RawSum[]) => {
      for (const line of wanted) {
        const row = rows.find(({ code, asset }) => code === line.account.code && asset === line.asset);
        tally.set(line, Amount.fromDecimal(line.asset, row?.sum ?? '0'));
      }
    };
    const guarded = lines.filter(({ account }) => isGuarded(account));
    const others = lines.filter(({ account }) => !isGuarded(account));
    if (guarded.length > 0) take(guarded, await sql<RawSum>(this.#em, LOCK, columnsOf(guarded)));
    if (others.length > 0) take(others, await sql<RawSum>(this.#em, SUMS, columnsOf(others)));
    return tally;
  }

  /** Written at once, not with the session's other changes: what is booked later in the same commit sees it. */
  async add(movements: readonly Movement[]): Promise<string[]> {
    const booked = movements.map(({ facts, legs }) => ({ id: newId(), facts, legs }));
    await this.#em.insertMany(
      LedgerTransaction,
      booked.map(({ id, facts }) => ({ ...facts, id })),
    );
    await this.#em.insertMany(
      LedgerEntry,
      booked.flatMap(({ id: transactionId, legs }) =>
        legs.map(({ account: { code }, amount }) => ({
          id: newId(),
          transactionId,
          code,
          asset: amount.asset,
          amount: amount.toString(),
        })),
      ),
    );
    return booked.map(({ id }) => id);
  }

  /** What a booked payment of an attempt brought the company and took from the pool; null when none was booked. */
  async payment(of: PaymentKey): Promise<{ company: Amount; pool: Amount } | null> {
    const { kind, withdrawalId, attemptId, asset } = of;
    const rows = await sql<RawSum>(
      this.#em,
      `select code, sum(amount)::text as sum from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
       where t.kind = ? and t.withdrawal_id = ? and t.attempt_id = ? and e.asset = ? group by code`,
      [kind, withdrawalId, attemptId, asset],
    );
    if (rows.length === 0) return null;
    const sumOf = (wanted: string) => Amount.fromDecimal(asset, rows.find(({ code }) => code === wanted)?.sum ?? '0');
    return { company: sumOf(COMPANY.code), pool: sumOf(POOL.code) };
  }

  /** What a HOLD set aside, and whose; null where there was none. */
  async held({ withdrawalId, revision }: Pick<LedgerTransaction, 'withdrawalId' | 'revision'>): Promise<Held | null> {
    const [row] = await sql<{ asset: string; amount: string; memberId: string | null; walletId: string | null }>(
      this.#em,
      `select t.asset, e.amount::text as amount, t.member_id as "memberId", t.wallet_id as "walletId"
       from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.amount > 0
       where t.kind = 'HOLD' and t.withdrawal_id = ? and t.revision = ?`,
      [withdrawalId, revision],
    );
    if (!row) return null;
    const { asset, amount, memberId, walletId } = row;
    return {
      amount: Amount.fromDecimal(asset, amount),
      memberId: memberId ?? undefined,
      walletId: walletId ?? undefined,
    };
  }

  async hasCredit(key: { source: string; reference: string; memberId: string; asset: string }): Promise<boolean> {
    return (await this.#em.count(LedgerTransaction, { kind: 'CREDIT', ...key })) > 0;
  }

  /** What has been collected so far for one day and coin, and how often it was restated. */
  async collected(key: {
    source: string;
    reference: string;
    asset: string;
  }): Promise<{ total: Amount; times: number }> {
    const [row] = await sql<{ total: string; times: number }>(
      this.#em,
      `select coalesce(sum(e.amount), 0)::text as total, count(*)::int as times
       from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.code = 'pool:hashdam'
       where t.kind = 'COLLECT' and t.source = ? and t.reference = ? and t.asset = ?`,
      [key.source, key.reference, key.asset],
    );
    return { total: Amount.fromDecimal(key.asset, row?.total ?? '0'), times: row?.times ?? 0 };
  }

  /** The credit of this id, and what of it was taken back so far; null when it is no credit. */
  async findCredit(id: string): Promise<{ memberId: string; amount: Amount; reversed: Amount } | null> {
    const credit = await this.#em.findOne(LedgerTransaction, { id, kind: 'CREDIT' });
    if (!credit?.memberId) return null;
    const { asset, memberId } = credit;
    const [row] = await sql<{ given: string; reversed: string }>(
      this.#em,
      `select sum(e.amount) filter (where t.kind = 'CREDIT')::text as given,
         coalesce(-sum(e.amount) filter (where t.kind = 'REVERSE'), 0)::text as reversed
       from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.code = ?
       where t.id = ? or t.reverses_id = ?`,
      [UNDISTRIBUTED.code, id, id],
    );
    const of = (text: string | undefined) => Amount.fromDecimal(asset, text ?? '0');
    return { memberId, amount: of(row?.given), reversed: of(row?.reversed) };
  }

  async hasReversal(key: { reversesId: string; reference: string }): Promise<boolean> {
    return (await this.#em.count(LedgerTransaction, { kind: 'REVERSE', ...key })) > 0;
  }

  /** Sums of all accounts of a bucket, debits above zero: what is folded, and the entries that came since. */
  async totals(): Promise<BucketBalance[]> {
    const rows = await sql<RawBucket>(
      this.#em,
      `select asset, bucket, sum(amount)::text as amount from (
         select asset, bucket, amount from ledger_totals
         union all
         select e.asset, a.bucket, e.amount from ledger_entries e join ledger_accounts a using (code, asset)
         where e.xact >= (select through from ledger_fold)
       ) every group by asset, bucket order by asset, bucket`,
    );
    return rows.map(toBucketBalance);
  }

  /** Adds the entries of finished transactions to the totals; running ones are left for the next time. */
  async fold(): Promise<void> {
    await sql(this.#em, 'select through from ledger_fold for update');
    await sql(
      this.#em,
      `with bounds as (select through as low, pg_snapshot_xmin(pg_current_snapshot()) as high from ledger_fold),
       moved as (update ledger_fold set through = bounds.high from bounds where bounds.high > through returning 1)
       insert into ledger_totals (asset, bucket, amount)
       select e.asset, a.bucket, sum(e.amount)
       from bounds, ledger_entries e join ledger_accounts a using (code, asset)
       where e.xact >= bounds.low and e.xact < bounds.high
       group by e.asset, a.bucket
       on conflict (asset, bucket) do update set amount = ledger_totals.amount + excluded.amount`,
    );
  }
}

const LOCK = `
  select b.code, b.asset, (-b.balance)::text as sum
  from ledger_balances b join unnest(?::text[], ?::text[]) as wanted (code, asset) using (code, asset)
  order by b.asset, b.code for update of b`;

const SUMS = `
  select wanted.code, wanted.asset, coalesce(sum(e.amount), 0)::text as sum
  from unnest(?::text[], ?::text[]) as wanted (code, asset) join ledger_entries e using (code, asset)
  group by wanted.code, wanted.asset`;

const columnsOf = (lines: readonly Line[]): [string[], string[]] => [
  lines.map(({ account }) => account.code),
  lines.map(({ asset }) => asset),
];

interface RawSum {
  readonly code: string;
  readonly asset: string;
  readonly sum: string;
}
