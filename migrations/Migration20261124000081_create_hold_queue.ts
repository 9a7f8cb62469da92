import { Migration } from '@mikro-orm/migrations';

/** The queue that reminds people of what they put on hold. */
export class Migration20261124000081_create_hold_queue extends Migration {
  override up(): void {
    this.addSql(`
      select pgboss.create_queue('withdrawal.hold-aged', '${JSON.stringify({
        policy: 'standard',
        retryLimit: 20,
        retryDelay: 2,
        retryBackoff: true,
        retryDelayMax: 60,
        expireInSeconds: 300,
        heartbeatSeconds: 20,
        deleteAfterSeconds: 604_800,
        retentionSeconds: 1_209_600,
      })}'::jsonb)`);
    this.addSql(`create index withdrawals_held on withdrawals (id) where hold_at is not null`);
  }

  override down(): void {
    this.addSql('drop index withdrawals_held');
    this.addSql(`select pgboss.delete_queue('withdrawal.hold-aged')`);
  }
}
