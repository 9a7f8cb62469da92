import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import type { Json } from '#server/kernel/canonical-json.ts';
import type { ProviderName } from '#server/kernel/provider-outcome.ts';
import { PayoutAttempt } from './payout-attempt.entity.ts';
import { poolBeforeIn } from './pool-before.ts';

/** The pool's clock makes rows and cuts, ours says when a call began and was over. */
export const CLOCK_TOLERANCE_MS = 120_000;
const TOLERANCE = `interval '${CLOCK_TOLERANCE_MS} milliseconds'`;

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

  /**
   * What was out, or may have been, at an instant or since, with the fee of each: the largest that a payment of ours has cost
   * within 90 days, unless the pool takes it out of what it pays. What people paid by hand at the pool says nothing of it.
   * What others are about to commit is looked at when this is committed.
   */
  async outSince(asset: string, since: Date): Promise<{ readonly sent: Amount; readonly fee: Amount }> {
    const [row] = await sql<{ sent: string; fee: string }>(
      this.#em,
      `with fees as (
         select case when exists (select 1 from pool_fee_modes where asset = ? and mode = 'inside') then 0
           else coalesce(max(fee), 0) end as fee
         from pool_row_claims where provider = 'hashdam' and asset = ? and how = 'bound' and not failed
           and claimed_at > clock_timestamp() - interval '90 days')
       select fees.fee::text as fee, (
         select coalesce(sum(amount + fees.fee), 0)::text from payout_attempts
         where provider = 'hashdam' and asset = ? and coalesce(late_at, ended_at, 'infinity') >= ?
           and (status <> 'not_executed' or late_at is not null)) as sent
       from fees`,
      [asset, asset, asset, since],
    );
    const sum = (text = '0') => Amount.fromDecimal(asset, text);
    return { sent: sum(row?.sent), fee: sum(row?.fee) };
  }

  /** Withdrawal ids of the amount that were listed before its fence. */
  seenBefore({ before }: PayoutAttempt): ReadonlySet<string> {
    return new Set(poolBeforeIn(before)?.references ?? []);
  }

  /**
   * What has surely left the pool between the cuts of each pair, and the fees of it: our own payments, and rows that people
   * spoke for. What may lie on either side of a cut is not counted. What was open over the first cut and has not been paid
   * may have come back: a pool can set coins aside as soon as it is asked.
   */
  async paidBetween(asset: string, pairs: readonly CutPair[], except: string): Promise<readonly PaidBetween[]> {
    const rows = await sql<{ no: number; amount: string; fees: string; back: string }>(
      this.#em,
      `with pairs as (
         select no, opening + ${TOLERANCE} as after, opening - ${TOLERANCE} as done_by, closing - ${TOLERANCE} as until
         from unnest(?::timestamptz[], ?::timestamptz[]) with ordinality p (opening, closing, no)),
       -- What was over before the first cut is in its balance already.
       movements as materialized (
         select * from (
           select a.amount, m.fee, a.fenced_at as begun, p.paid,
             case when p.paid then coalesce(a.late_at, a.ended_at) else coalesce(a.taken_back_at, a.ended_at) end as done
           from payout_attempts a
           cross join lateral (
             select (a.status = 'confirmed' or a.late_at is not null) and a.taken_back_at is null as paid) p
           left join mining_withdrawals m on m.attempt_id = a.id
           where a.provider = 'hashdam' and a.asset = ? and a.id <> ?
           union all
           select amount, fee, row_created_at, not failed, greatest(claimed_at, row_created_at) from pool_row_claims
           where provider = 'hashdam' and asset = ? and how <> 'bound') every
         where coalesce(done, 'infinity') > (select min(done_by) from pairs))
       select p.no::int as no, left_it.amount::text as amount, left_it.fees::text as fees, came.back::text as back
       from pairs p
       cross join lateral (
         select coalesce(sum(m.amount), 0) as amount, coalesce(sum(m.fee), 0) as fees from movements m
         where m.paid and m.begun >= p.after and m.done <= p.until) left_it
       cross join lateral (
         select coalesce(sum(m.amount), 0) as back from movements m
         where not m.paid and m.begun < p.after and coalesce(m.done, 'infinity') > p.done_by) came`,
      [pairs.map(({ opening }) => opening), pairs.map(({ closing }) => closing), asset, except, asset],
    );
    const sum = (text: string) => Amount.fromDecimal(asset, text);
    return rows.flatMap(({ no, amount, fees, back }) => {
      const pair = pairs[no - 1];
      return pair ? [{ ...pair, amount: sum(amount), fees: sum(fees), back: sum(back) }] : [];
    });
  }
}

/** The ends of two days of the pool's, the first of them before the second. */
export interface CutPair {
  readonly opening: Date;
  readonly closing: Date;
}

export interface PaidBetween extends CutPair {
  readonly amount: Amount;
  readonly fees: Amount;
  /** At most so much may have come back. */
  readonly back: Amount;
}
