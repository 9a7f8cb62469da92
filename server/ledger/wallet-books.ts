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
