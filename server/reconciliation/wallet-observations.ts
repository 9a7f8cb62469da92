import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseNow } from '#server/database/database-now.ts';
import { listOf, sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { OPEN_ATTEMPT_STATUSES } from '#server/withdrawals/statuses.ts';

/** One balance as it was read, and what state of the wallet it was read of. */
export interface Reading {
  readonly asset: string;
  readonly amount: Amount;
  readonly version: number;
  readonly readAt: Date;
}

/** A payout out of the wallet whose gas the books do not know of. */
export interface Gasless {
  readonly attemptId: string;
  readonly withdrawalId: string;
}

const OPEN = listOf(OPEN_ATTEMPT_STATUSES);
const DUE_AT_ONCE = 100;
const DUE_EVERY = '5 minutes';
const MAY_BE_BACK_WITHIN = '1 day';

/** What the look at a wallet keeps and needs to know, past the entities. */
export class WalletObservations {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** Counts every posting to the wallet's chain account and every end of a payout from or to it. */
  async version(walletId: string): Promise<number> {
    const [row] = await sql<{ version: number }>(this.#em, 'select version from wallets where id = ?', [walletId]);
    return row?.version ?? 0;
  }

  async now(): Promise<Date> {
    return databaseNow(this.#em);
  }

  /** Whether something may be moving out of the wallet or into it. */
  async isMoving({ id, address }: { readonly id: string; readonly address: string | null }): Promise<boolean> {
    const text = `select 1 from payout_attempts where status in ${OPEN} and provider = 'mblock'
      and (wallet_id = ? or lower(to_address) = lower(?)) limit 1`;
    return (await sql(this.#em, text, [id, address])).length > 0;
  }

  async readings(walletId: string): Promise<ReadonlyMap<string, Reading>> {
    const rows = await sql<{ asset: string; amount: string; version: number; read_at: Date | string }>(
      this.#em,
      'select asset, amount::text as amount, version, read_at from wallet_readings where wallet_id = ?',
      [walletId],
    );
    return new Map(
      rows.map(({ asset, amount, version, read_at }) => [
        asset,
        { asset, amount: Amount.fromDecimal(asset, amount), version, readAt: new Date(read_at) },
      ]),
    );
  }

  async keep(walletId: string, { asset, amount, version, readAt }: Reading): Promise<void> {
    await sql(
      this.#em,
      `insert into wallet_readings (wallet_id, asset, amount, version, read_at) values (?, ?, ?, ?, ?)
       on conflict (wallet_id, asset) do update set amount = excluded.amount, version = excluded.version, read_at = excluded.read_at`,
      [walletId, asset, amount.toString(), version, readAt],
    );
  }

  async forget(walletId: string, asset: string): Promise<void> {
    await sql(this.#em, 'delete from wallet_readings where wallet_id = ? and asset = ?', [walletId, asset]);
  }

  /** Paid out of the wallet, and no gas booked for it: the oldest first. */
  gasless(walletId: string): Promise<Gasless[]> {
    return this.#attempts(walletId, `(a.status = 'confirmed' or a.late_at is not null)`, 'GAS');
  }

  /** Transits that the company may have put gas into the wallet for, and nothing observed for them yet. */
  unobservedTransits(walletId: string): Promise<Gasless[]> {
    return this.#attempts(walletId, `a.kind = 'wallet_transit'`, 'OBSERVE');
  }

  /**
   * Payments of the last day out of the wallet that what came in could be, and that the chain was not seen to show since
   * an instant.
   */
  async notSeenSince(since: Date, { walletId, rise }: { walletId: string; rise: Amount }): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      this.#em,
      `select id from payout_attempts where wallet_id = ? and asset = ? and amount <= ? and asset <> 'BSC:BNB'
         and (status = 'confirmed' or late_at is not null) and taken_back_at is null
         and coalesce(late_at, ended_at) > clock_timestamp() - interval '${MAY_BE_BACK_WITHIN}'
         and (looked_at is null or looked_at < ? or failed_seen_at is not null)
       order by fenced_at limit 100`,
      [walletId, rise.asset, rise.toString(), since],
    );
    return rows.map(({ id }) => id);
  }

  #attempts(walletId: string, which: string, without: string): Promise<Gasless[]> {
    return sql<Gasless>(
      this.#em,
      `select a.id as "attemptId", a.withdrawal_id as "withdrawalId" from payout_attempts a
       where a.wallet_id = ? and ${which} and not exists (
         select 1 from ledger_transactions t where t.kind = '${without}' and t.attempt_id = a.id)
       order by a.fenced_at, a.id limit 100`,
      [walletId],
    );
  }

  /** Wallets whose turn it is, the longest waiting first, each taken by one caller alone. */
  async due(): Promise<string[]> {
    const rows = await sql<{ id: string }>(
      this.#em,
      `update wallets set observe_due_at = now() + interval '${DUE_EVERY}' where id in (
         select id from wallets where status <> 'creating' and observe_due_at <= now()
         order by observe_due_at, id limit ${DUE_AT_ONCE} for no key update skip locked)
       returning id`,
    );
    return rows.map(({ id }) => id);
  }
}
