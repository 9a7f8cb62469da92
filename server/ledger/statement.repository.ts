import type { EntityManager } from '@mikro-orm/postgresql';
import { cursorInstant } from '#server/database/keyset-sql.ts';
import { sql } from '#server/database/sql.ts';
import type { Keyset } from '#server/kernel/keyset.ts';
import { type BucketBalance, type RawBucket, toBucketBalance } from './bucket-balance.ts';
import { LedgerTransaction } from './ledger.entity.ts';
import type { PostingKind } from './statuses.ts';

/** Whose accounts. */
export type Owner = { readonly memberId: string } | { readonly walletId: string };

export interface RawLine {
  readonly id: string;
  readonly kind: PostingKind;
  readonly asset: string;
  readonly withdrawal_id: string | null;
  readonly reference: string | null;
  readonly posted_at: Date;
  readonly effective_at: Date;
  readonly cursor_at: string;
  /** What the member's buckets gained or lost, in their own direction; one that did not move is not named. */
  readonly changes: Readonly<Record<string, string>>;
}

/** An entry in its account's own direction: what grows a claim of ours, and what grows a debt of ours, is above zero. */
const OWN_DIRECTION = `case when a.bucket in ('receivable', 'chain') then e.amount else -e.amount end`;

/** Looks into the books. Every list and balance comes from an index on its owner. */
export class StatementRepository {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /**
   * What an owner's accounts hold, or held after the movement at `upTo`: what is kept now, less what came later. The
   * past costs what has happened since, the present nothing.
   */
  async balances(owner: Owner, upTo: Keyset | null = null): Promise<BucketBalance[]> {
    const [column, id] = 'memberId' in owner ? ['member_id', owner.memberId] : ['wallet_id', owner.walletId];
    const since = `
      union all
      select a.asset, a.bucket, -(${OWN_DIRECTION})
      from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
        join ledger_accounts a on (a.code, a.asset) = (e.code, e.asset)
      where t.${column} = ? and a.${column} = t.${column} and (t.posted_at, t.id) > (?::timestamptz, ?::uuid)`;
    const rows = await sql<RawBucket>(
      this.#em,
      `select asset, bucket, sum(amount)::text as amount from (
         select a.asset, a.bucket, b.balance as amount
         from ledger_accounts a join ledger_balances b using (code, asset) where a.${column} = ?
         union all
         select a.asset, a.bucket, ${OWN_DIRECTION}
         from ledger_accounts a join ledger_entries e on (e.code, e.asset) = (a.code, a.asset)
         where a.${column} = ? and a.bucket in ('receivable', 'chain', 'gas')
         ${upTo ? since : ''}
       ) every group by asset, bucket order by asset, bucket`,
      [id, id, ...(upTo ? [id, upTo.at, upTo.id] : [])],
    );
    return rows.map(toBucketBalance);
  }

  /** Movements that touched the member's accounts, newest first, from before `from`. */
  lines(query: {
    memberId: string;
    asset?: string | undefined;
    from: Keyset | null;
    rows: number;
  }): Promise<RawLine[]> {
    const { memberId, asset, from, rows } = query;
    return sql<RawLine>(
      this.#em,
      `select t.id, t.kind, t.asset, t.withdrawal_id, t.reference, t.posted_at, t.effective_at,
         ${cursorInstant('t.posted_at')} as cursor_at, moved.changes
       from ledger_transactions t cross join lateral (
         select jsonb_object_agg(a.bucket, (${OWN_DIRECTION})::text) as changes
         from ledger_entries e join ledger_accounts a on (a.code, a.asset) = (e.code, e.asset)
         where e.transaction_id = t.id and a.member_id = t.member_id) moved
       where t.member_id = ? ${asset ? 'and t.asset = ?' : ''}
         ${from ? 'and (t.posted_at, t.id) < (?::timestamptz, ?::uuid)' : ''} and moved.changes is not null
       order by t.posted_at desc, t.id desc limit ?`,
      [memberId, ...(asset ? [asset] : []), ...(from ? [from.at, from.id] : []), rows],
    );
  }

  find(id: string): Promise<LedgerTransaction | null> {
    return this.#em.findOne(LedgerTransaction, { id });
  }

  /** Debits first. */
  legs(id: string): Promise<{ code: string; amount: string }[]> {
    return sql(
      this.#em,
      'select code, amount::text from ledger_entries where transaction_id = ? order by amount desc, code',
      [id],
    );
  }
}
