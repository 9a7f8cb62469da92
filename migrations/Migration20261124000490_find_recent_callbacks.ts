import { Migration } from '@mikro-orm/migrations';

/** What was reported of late is asked for every few minutes, and reports are kept for ever. */
export class Migration20261124000490_find_recent_callbacks extends Migration {
  override up(): void {
    this.addSql('create index wallet_callbacks_recent on wallet_callbacks (received_at)');
  }

  override down(): void {
    this.addSql('drop index wallet_callbacks_recent');
  }
}
