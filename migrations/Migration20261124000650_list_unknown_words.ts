import { Migration } from '@mikro-orm/migrations';

/** A row whose status is a word that the pool never said to us is kept as such, and not as one that is on its way. */
export class Migration20261124000650_list_unknown_words extends Migration {
  override up(): void {
    this.#allow(`'moving', 'completed', 'failed', 'unknown'`);
  }

  override down(): void {
    this.addSql(`update reconciliation_rows set status = 'moving' where status = 'unknown'`);
    this.#allow(`'moving', 'completed', 'failed'`);
  }

  #allow(statuses: string): void {
    this.addSql(`
      alter table reconciliation_rows drop constraint reconciliation_rows_status_check,
        add constraint reconciliation_rows_status_check check (status in (${statuses}))`);
  }
}
