import { Migration } from '@mikro-orm/migrations';

/** What people have looked at and closed is found by its subject, before the same is brought up again. */
export class Migration20261124000652_find_closed_incidents extends Migration {
  override up(): void {
    this.addSql('create index incidents_subject on incidents (kind, subject)');
  }

  override down(): void {
    this.addSql('drop index incidents_subject');
  }
}
