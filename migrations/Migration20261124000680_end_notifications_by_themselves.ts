import { Migration } from '@mikro-orm/migrations';

/** What a notification tells of may end without anybody: then it is off the list, and nobody's name stands there. */
export class Migration20261124000680_end_notifications_by_themselves extends Migration {
  override up(): void {
    this.addSql('alter table notifications drop constraint notifications_check');
    this.addSql(`alter table notifications add constraint notifications_check
      check (acknowledged_by is null or acknowledged_at is not null)`);
  }

  override down(): void {
    // Whom these stood for is not known: they are back on the list.
    this.addSql('update notifications set acknowledged_at = null where acknowledged_by is null');
    this.addSql('alter table notifications drop constraint notifications_check');
    this.addSql(`alter table notifications add constraint notifications_check
      check ((acknowledged_at is null) = (acknowledged_by is null))`);
  }
}
