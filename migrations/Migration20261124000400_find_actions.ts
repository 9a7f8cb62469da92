import { Migration } from '@mikro-orm/migrations';

/** Everything of one kind that was ever done is found without a walk through the whole record. */
export class Migration20261124000400_find_actions extends Migration {
  override up(): void {
    this.addSql('create index audit_events_action on audit_events (action, at, id)');
  }

  override down(): void {
    this.addSql('drop index audit_events_action');
  }
}
