import { Migration } from '@mikro-orm/migrations';

/** An alarm of the books says how much is claimed beside how much of it is missing: what is there is the rest. */
export class Migration20261124000520_keep_what_alarms_compare extends Migration {
  override up(): void {
    this.addSql(`alter table notification_events add column claimed numeric(38,18) check (claimed >= 0)`);
  }

  override down(): void {
    this.addSql('alter table notification_events drop column claimed');
  }
}
