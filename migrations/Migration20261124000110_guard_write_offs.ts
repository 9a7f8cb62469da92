import { Migration } from '@mikro-orm/migrations';

/** What a wallet lacks is given up or explained once: no order of two commits takes more out of suspense than is there. */
export class Migration20261124000110_guard_write_offs extends Migration {
  override up(): void {
    this.addSql(`
      create function check_write_off() returns trigger language plpgsql as $$
      begin
        perform 1 from ledger_transactions where kind = 'SHORT' and incident_id = new.incident_id and asset = new.asset
          order by id for no key update;
        if found then perform check_unshort(new); end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger ledger_transactions_write_off after insert on ledger_transactions
        deferrable initially deferred for each row
        when (new.kind in ('WRITEOFF', 'ADJUST') and new.incident_id is not null)
        execute function check_write_off()`);
  }

  override down(): void {
    this.addSql('drop trigger ledger_transactions_write_off on ledger_transactions');
    this.addSql('drop function check_write_off()');
  }
}
