import { Migration } from '@mikro-orm/migrations';

/** Of the rows that a run compared, those that need no attempt of ours: from before our books, or said to be so by people. */
export class Migration20261124000521_count_known_rows extends Migration {
  override up(): void {
    this.addSql('alter table reconciliation_runs add column known_rows integer not null default 0');
  }

  override down(): void {
    this.addSql('alter table reconciliation_runs drop column known_rows');
  }
}
