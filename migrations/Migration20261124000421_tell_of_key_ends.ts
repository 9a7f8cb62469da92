import { Migration } from '@mikro-orm/migrations';

/** People hear of an API key that is about to end, of each end once. */
export class Migration20261124000421_tell_of_key_ends extends Migration {
  override up(): void {
    this.addSql('alter table api_keys add column end_told timestamptz');
    this.addSql(`
      select pgboss.create_queue('api-keys.expiry', '${JSON.stringify({
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
  }

  override down(): void {
    this.addSql(`select pgboss.delete_queue('api-keys.expiry')`);
    this.addSql('alter table api_keys drop column end_told');
  }
}
