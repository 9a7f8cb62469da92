import { Migration } from '@mikro-orm/migrations';

/**
 * An entry is of its transaction's asset and was written together with it: no leg of another coin, and none added to a
 * movement that was booked before. Accounts, which say whose money it is, are append-only like the entries.
 */
export class Migration20261101000800_tie_entries_to_their_transaction extends Migration {
  override up(): void {
    this.addSql('alter table ledger_transactions add column xact xid8');
    this.addSql('alter table ledger_transactions disable trigger ledger_transactions_append_only');
    this.addSql(`
      update ledger_transactions t set xact = e.xact
      from (select distinct on (transaction_id) transaction_id, xact from ledger_entries) e where e.transaction_id = t.id`);
    this.addSql('alter table ledger_transactions enable trigger ledger_transactions_append_only');
    this.addSql(`
      alter table ledger_transactions
        alter column xact set not null,
        alter column xact set default pg_current_xact_id(),
        add constraint ledger_transactions_written unique (id, asset, xact)`);
    this.addSql('alter table ledger_entries drop constraint ledger_entries_transaction_id_fkey');
    this.addSql(`
      alter table ledger_entries add constraint ledger_entries_transaction
        foreign key (transaction_id, asset, xact) references ledger_transactions (id, asset, xact)
        deferrable initially deferred`);
    this.addSql(`
      create function stamp_entry() returns trigger language plpgsql as $$
      begin
        new.xact := pg_current_xact_id();
        return new;
      end $$`);
    this.addSql(`
      create trigger ledger_entries_stamp before insert on ledger_entries
        for each row execute function stamp_entry()`);
    this.addSql(`
      create trigger ledger_accounts_append_only before update or delete on ledger_accounts
        for each row execute function refuse_change()`);
    this.addSql(`
      create trigger ledger_accounts_no_truncate before truncate on ledger_accounts
        for each statement execute function refuse_change()`);
  }

  override down(): void {
    this.addSql('drop trigger ledger_accounts_no_truncate on ledger_accounts');
    this.addSql('drop trigger ledger_accounts_append_only on ledger_accounts');
    this.addSql('drop trigger ledger_entries_stamp on ledger_entries');
    this.addSql('drop function stamp_entry()');
    this.addSql('alter table ledger_entries drop constraint ledger_entries_transaction');
    this.addSql(`
      alter table ledger_entries add foreign key (transaction_id) references ledger_transactions (id)
        deferrable initially deferred`);
    this.addSql('alter table ledger_transactions drop constraint ledger_transactions_written, drop column xact');
  }
}
