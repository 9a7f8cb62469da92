import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { DomainError } from '#server/kernel/errors.ts';
import { LISTED_AMOUNT, type PoolRowClaims, type PoolWithdrawal, poolRowKey } from '#server/mining/index.ts';
import type { PayoutAttempt, PayoutAttemptRepository, PoolAttempts } from '#server/withdrawals/index.ts';
import type { CandidatesInput, CandidatesView, ChainReceiptView, ListedRowView } from './contract.ts';
import { couldBeTakenFor } from './pool-window.ts';

/** More than people can compare is no help. */
const SHOWN_MAX = 50;

/** What could explain a difference: rows that the pool lists and nobody has, or what the chain showed of a wallet. Looks only. */
export class Candidates {
  readonly #em: EntityManager;
  readonly #payoutAttempts: PayoutAttemptRepository;
  readonly #attempts: PoolAttempts;
  readonly #claims: PoolRowClaims;

  constructor(deps: {
    em: EntityManager;
    payoutAttempts: PayoutAttemptRepository;
    attempts: PoolAttempts;
    claims: PoolRowClaims;
  }) {
    this.#em = deps.em;
    this.#payoutAttempts = deps.payoutAttempts;
    this.#attempts = deps.attempts;
    this.#claims = deps.claims;
  }

  /** Error: `difference.not_found`. */
  async of({ id }: CandidatesInput): Promise<CandidatesView> {
    const [about] = await sql<About>(
      this.#em,
      'select asset, day::text as day, reference, attempt_id from reconciliation_differences where id = ?',
      [id],
    );
    if (!about) throw new DomainError('difference.not_found', 'there is no such difference', { detail: { id } });
    const attempt = about.attempt_id ? await this.#payoutAttempts.findAttempt(about.attempt_id) : null;
    if (attempt?.walletId) return { listed: null, receipts: await this.#receipts(attempt) };
    const isAboutRows = attempt || about.reference;
    return { listed: isAboutRows ? await this.#listed(about, attempt) : null, receipts: null };
  }

  /** By the newest list that has the day. */
  async #listed(about: About, attempt: PayoutAttempt | null): Promise<CandidatesView['listed']> {
    const { asset, day, reference } = about;
    const [read] = await sql<{ started_at: Date; rows: PoolWithdrawal[] }>(
      this.#em,
      `select r.started_at, (
         select coalesce(jsonb_agg(e.row), '[]') from pool_history_contents c, jsonb_array_elements(c.rows) as e(row)
         where c.sha256 = r.sha256 and e.row->>'asset' = r.asset
           and (e.row->>'reference' = ? or ${LISTED_AMOUNT} = ?::numeric)) as rows
       from pool_history_reads r
       where r.provider = 'hashdam' and r.asset = ? and ?::date between r.from_day and r.to_day
       order by r.started_at desc limit 1`,
      [reference, attempt?.amount ?? null, asset, day],
    );
    if (!read) return { readAt: null, rows: [] };
    const rows = await this.#fitting(read.rows, { asset, attempt });
    return { readAt: new Date(read.started_at).toISOString(), rows: rows.slice(0, SHOWN_MAX) };
  }

  /** Without what is another payment's, was said to be somebody's, or stood there before the payment was asked for. */
  async #fitting(rows: readonly PoolWithdrawal[], { asset, attempt }: Wanted): Promise<ListedRowView[]> {
    const references = [...new Set(rows.map(({ reference }) => reference))];
    const claims = await this.#claims.of(asset, references);
    const named = await this.#attempts.attemptsAtPool(asset, { references, ids: [], amounts: [] });
    const others = new Set(
      named.flatMap((each) => (each.id !== attempt?.id && each.reference ? [each.reference] : [])),
    );
    return rows.flatMap((row) => {
      const claim = claims.get(poolRowKey(row));
      const isOwn = !!attempt && (claim ? claim.attemptId === attempt.id : row.reference === attempt.reference);
      const isFree = !claim && !others.has(row.reference) && (!attempt || couldBeTakenFor(attempt, row));
      return isOwn || isFree ? [viewOf(row, isOwn)] : [];
    });
  }

  /** Of the wallet and the coin, from a day before the payment was asked for to a day after it was due; not another payment's. */
  async #receipts(attempt: PayoutAttempt): Promise<ChainReceiptView[]> {
    const { walletId, asset, fencedAt, deadlineAt, reference } = attempt;
    const rows = await sql<ReceiptRow>(
      this.#em,
      `select distinct on (lower(e.body->>'txid')) e.body->>'txid' as txid, e.body->'receipt' as receipt, e.at
       from payout_attempts a join payout_evidence e on e.attempt_id = a.id
       where a.wallet_id = ? and a.asset = ? and e.kind = 'receipt' and e.body->'receipt' <> 'null'::jsonb
         and e.at between ?::timestamptz - interval '1 day' and ?::timestamptz + interval '1 day'
         and not exists (
           select 1 from payout_attempts o
           where o.provider = a.provider and lower(o.reference) = lower(e.body->>'txid') and o.id <> ?)
       order by lower(e.body->>'txid'), e.at limit ?`,
      [walletId, asset, fencedAt, deadlineAt, attempt.id, SHOWN_MAX],
    );
    return rows.map(({ txid, receipt: { from, to, amount }, at }) => ({
      ...{ txid, asset, amount, from, to, seenAt: new Date(at).toISOString() },
      isOwn: reference?.toLowerCase() === txid.toLowerCase(),
    }));
  }
}

interface About {
  readonly asset: string;
  readonly day: string;
  readonly reference: string | null;
  readonly attempt_id: string | null;
}

interface Wanted {
  readonly asset: string;
  readonly attempt: PayoutAttempt | null;
}

interface ReceiptRow {
  readonly txid: string;
  readonly receipt: { readonly from: string; readonly to: string; readonly amount: string };
  readonly at: Date | string;
}

const viewOf = (row: PoolWithdrawal, isOwn: boolean): ListedRowView => ({
  ...{ reference: row.reference, asset: row.asset, amount: row.amount, fee: row.fee, address: row.address },
  ...{ status: row.rawStatus, madeAt: row.createdAt, isOwn },
});
