import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import { PayoutAttempt } from './payout-attempt.entity.ts';
import { poolBeforeIn } from './pool-before.ts';

/** What the search for a payment needs to know of attempts: whose each name is, and who else could own a listed row. */
export class PoolAttempts {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** What the attempt's one sender was told after its lease; null when nothing was. */
  async lateReply(attemptId: string): Promise<Json | null> {
    const [row] = await sql<{ body: Json }>(
      this.#em,
      `select body from payout_evidence where attempt_id = ? and kind = 'reply' and body->'late' = 'true'::jsonb
       order by id desc limit 1`,
      [attemptId],
    );
    return row?.body ?? null;
  }

  /** Which of these names other attempts of the coin have, whatever their amount. */
  async referencesOfOthers(
    { id, provider, asset }: PayoutAttempt,
    of: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const rows = await sql<{ reference: string }>(
      this.#em,
      `select distinct reference from payout_attempts
       where provider = ? and asset = ? and reference = any(?::text[]) and id <> ?`,
      [provider, asset, [...of], id],
    );
    return new Set(rows.map(({ reference }) => reference));
  }

  /**
   * Whether another payment of the same amount could own a listed row as well: it may be out without a name, or people
   * closed it without its row. One that the provider itself refused could not.
   */
  async hasUnboundTwin({ id, provider, asset, amount }: PayoutAttempt): Promise<boolean> {
    const twins = await sql(
      this.#em,
      `select 1 from payout_attempts a where provider = ? and asset = ? and amount = ? and id <> ? and reference is null
         and (status in ('dispatching', 'unknown') or closed_by_people)
         and not exists (select 1 from pool_row_claims c where c.attempt_id = a.id) limit 1`,
      [provider, asset, amount, id],
    );
    return twins.length > 0;
  }

  /** Attempts at the pool that rows of its list may belong to: by name, by claim, or nameless and unknown ones by amount. */
  async attemptsAtPool(
    asset: string,
    by: {
      readonly references: readonly string[];
      readonly ids: readonly string[];
      readonly amounts: readonly string[];
    },
  ): Promise<PayoutAttempt[]> {
    const rows = await sql(
      this.#em,
      `select * from payout_attempts where provider = 'hashdam' and asset = ? and (reference = any(?::text[])
         or id = any(?::uuid[]) or ((reference is null or status = 'unknown') and amount = any(?::numeric[])))`,
      [asset, [...by.references], [...by.ids], [...by.amounts]],
    );
    return rows.map((row) => this.#em.map(PayoutAttempt, row));
  }

  /** When the first payout of the coin began; null before there is one. */
  async firstFence(provider: ProviderName, asset: string): Promise<Date | null> {
    const [row] = await sql<{ at: Date | string | null }>(
      this.#em,
      'select min(fenced_at) as at from payout_attempts where provider = ? and asset = ?',
      [provider, asset],
    );
    return row?.at ? new Date(row.at) : null;
  }

  /** Withdrawal ids of the amount that were listed before its fence. */
  seenBefore({ before }: PayoutAttempt): ReadonlySet<string> {
    return new Set(poolBeforeIn(before)?.references ?? []);
  }

  /** What left the pool between two instants as far as we know, and the fees of it: our own payments, and registered ones. */
  async paidBetween(
    asset: string,
    span: { readonly from: Date; readonly until: Date },
    except: string,
  ): Promise<{ readonly amount: Amount; readonly fees: Amount }> {
    const [row] = await sql<{ amount: string; fees: string }>(
      this.#em,
      `select coalesce(sum(amount), 0)::text as amount, coalesce(sum(fee), 0)::text as fees from (
         select a.amount, m.fee from payout_attempts a
         left join mining_withdrawals m on m.attempt_id = a.id
         where a.provider = 'hashdam' and a.asset = ? and a.fenced_at >= ? and a.fenced_at < ? and a.id <> ?
           and a.taken_back_at is null and (a.status in ('submitted', 'confirmed') or a.late_at is not null)
         union all
         select amount, fee from pool_row_claims
         where provider = 'hashdam' and asset = ? and how <> 'bound' and not failed
           and row_created_at >= ? and row_created_at < ?) payments`,
      [asset, span.from, span.until, except, asset, span.from, span.until],
    );
    const sum = (text = '0') => Amount.fromDecimal(asset, text);
    return { amount: sum(row?.amount), fees: sum(row?.fees) };
  }
}
