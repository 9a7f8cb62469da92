import { Migration } from '@mikro-orm/migrations';

/** What was taken back of a credit is found by the credit, whatever else the books hold. */
export class Migration20261124000023_find_reversals extends Migration {
  override up(): void {
    this.addSql(`
      create index ledger_transactions_reverses on ledger_transactions (reverses_id) where reverses_id is not null`);
  }

  override down(): void {
    this.addSql('drop index ledger_transactions_reverses');
  }
}
