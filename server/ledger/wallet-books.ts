import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '#server/database/sql.ts';
import { Amount } from '#server/kernel/amount.ts';
import { chainAccount, SUSPENSE_WALLETS, walletAccount } from './accounts.ts';

/** What the books say of one asset in a wallet. */
export interface WalletLine {
  /** What was last proven to be on chain. */
  readonly chain: Amount;
  readonly available: Amount;
  /** Held and in flight together. */
  readonly reserved: Amount;
}

interface GivenUp {
  readonly walletId: string;
  readonly asset: string;
  readonly since: Date;
  /** The attempt that is asked for. */
  readonly except: string;
}

/** The books of wallet funds, as far as a decision about a wallet needs them. Locks nothing. */
export class WalletBooks {
  readonly #em: EntityManager;

  constructor(deps: { em: EntityManager }) {
    this.#em = deps.em;
  }

  /** What of a shortage its incident has not explained yet. */
  async openShort(incidentId: string, asset: string): Promise<Amount> {
    const [row] = await sql<{ sum: string }>(
      this.#em,
      `select coalesce(sum(e.amount), 0)::text as sum from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
       where t.incident_id = ? and e.asset = ? and e.code = ?`,
      [incidentId, asset, SUSPENSE_WALLETS.code],
    );
    return Amount.fromDecimal(asset, row?.sum ?? '0');
  }

  /**
   * What was missing in a wallet since an instant and was given up, as far as no other late payment of the wallet has
   * turned out to be the reason: of that part no LATE was booked.
   */
  async givenUp({ walletId, asset, since, except }: GivenUp): Promise<Amount> {
    const [row] = await sql<{ rest: string }>(
      this.#em,
      `with given as (
         select i.opened_at, -e.amount as amount from ledger_transactions t
           join incidents i on i.id = t.incident_id and i.kind = 'short_funds' and i.wallet_id = ?
           join ledger_entries e on e.transaction_id = t.id and e.code = ?
         where t.kind in ('WRITEOFF', 'ADJUST') and t.asset = ?
       ), late as (
         select a.amount + coalesce((select sum(e.amount) from ledger_transactions t
             join ledger_entries e on e.transaction_id = t.id and e.code = ?
             where t.kind = 'LATE' and t.attempt_id = a.id), 0) as unbooked
         from payout_attempts a where a.wallet_id = ? and a.asset = ? and a.late_at is not null and a.id <> ?
       )
       select greatest(0, least(
         (select coalesce(sum(amount), 0) from given where opened_at >= ?),
         (select coalesce(sum(amount), 0) from given) - (select coalesce(sum(unbooked), 0) from late)))::text as rest`,
      [...[walletId, SUSPENSE_WALLETS.code, asset], ...[chainAccount(walletId).code, walletId, asset, except, since]],
    );
    return Amount.fromDecimal(asset, row?.rest ?? '0');
  }

  async of(walletId: string, asset: string): Promise<WalletLine> {
    const rows = await sql<{ code: string; sum: string }>(
      this.#em,
      `select e.code, sum(e.amount)::text as sum from ledger_entries e join ledger_accounts a using (code, asset)
       where a.wallet_id = ? and asset = ? group by e.code`,
      [walletId, asset],
    );
    const debits = (code: string) => Amount.fromDecimal(asset, rows.find((row) => row.code === code)?.sum ?? '0');
    const owed = (bucket: 'available' | 'held' | 'in_flight') => debits(walletAccount(walletId, bucket).code).negated();
    return {
      chain: debits(chainAccount(walletId).code),
      available: owed('available'),
      reserved: owed('held').plus(owed('in_flight')),
    };
  }
}
