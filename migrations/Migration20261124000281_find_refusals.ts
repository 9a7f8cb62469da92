import { Migration } from '@mikro-orm/migrations';

/** What was refused is found by what it was about; what was done has its subject, and pays for no further index. */
export class Migration20261124000281_find_refusals extends Migration {
  override up(): void {
    this.addSql(
      `create index audit_events_refused on audit_events ((after ->> 'about'), at, id) where outcome <> 'done'`,
    );
    this.addSql(`create index audit_events_not_done on audit_events (at, id) where outcome <> 'done'`);
  }

  override down(): void {
    this.addSql('drop index audit_events_not_done, audit_events_refused');
  }
}
