import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { newId } from '#server/kernel/ids.ts';
import type { Account } from './accounts.ts';
import { LedgerEntry, LedgerTransaction } from './ledger.entity.ts';
import type { Leg } from './postings.ts';

/** What names a movement; its entries are the legs. */
export type TransactionFacts = Omit<
  Pick<LedgerTransaction, Extract<keyof LedgerTransaction, string>>,
  'id' | 'postedAt' | 'xact'
>;

export interface BucketBalance {
  readonly asset: string;
  readonly bucket: string;
  readonly amount: Amount;
}

/** Reads and writes the books. Balances of guarded accounts are kept by the database, from the entries. */
export class LedgerRepository {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** In the order of their codes, so that two who open the same ones never wait for each other in a circle. */
  async openAccounts(accounts: readonly Account[], asset: string): Promise<void> {
    await sql(
      this.#em,
      `insert into ledger_accounts (code, asset, bucket, member_id)
       select code, ?, bucket, member_id from unnest(?::text[], ?::text[], ?::text[]) as t (code, bucket, member_id)
       order by code on conflict do nothing`,
      [asset, accounts.map(({ code }) => code), accounts.map(({ bucket }) => bucket), accounts.map((a) => a.memberId)],
    );
  }

  /** Locks guarded balances in the order of their codes, the same order for everybody, and reads them. */
  async lockBalances(codes: readonly string[], asset: string): Promise<ReadonlyMap<string, Amount>> {
    const rows = await sql<{ code: string; balance: string }>(
      this.#em,
      'select code, balance from ledger_balances where asset = ? and code = any(?::text[]) order by code for update',
      [asset, [...codes]],
    );
    return new Map(rows.map((row) => [row.code, Amount.fromDecimal(asset, row.balance)]));
  }

  add(facts: TransactionFacts, legs: readonly Leg[], postedAt: Date): string {
    const id = newId();
    this.#em.persist(this.#em.create(LedgerTransaction, { ...facts, id, postedAt }));
    for (const { account, amount } of legs) {
      this.#em.persist(
        this.#em.create(LedgerEntry, {
          id: newId(),
          transactionId: id,
          code: account.code,
          asset: amount.asset,
          amount: amount.toString(),
        }),
      );
    }
    return id;
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

  async memberBalances(memberId: string): Promise<BucketBalance[]> {
    const rows = await sql<RawBucket>(
      this.#em,
      `select a.asset, a.bucket, b.balance::text as amount
       from ledger_accounts a join ledger_balances b using (code, asset)
       where a.member_id = ? order by a.asset, a.bucket`,
      [memberId],
    );
    return rows.map(toBucketBalance);
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

interface RawBucket {
  readonly asset: string;
  readonly bucket: string;
  readonly amount: string;
}

const toBucketBalance = ({ asset, bucket, amount }: RawBucket): BucketBalance => ({
  asset,
  bucket,
  amount: Amount.fromDecimal(asset, amount),
});
