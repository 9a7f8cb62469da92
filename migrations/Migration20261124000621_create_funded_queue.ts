import { Migration } from '@mikro-orm/migrations';

/** The queue that sends on what waited in a wallet for coins, once they have come. */
export class Migration20261124000621_create_funded_queue extends Migration {
  override up(): void {
    this.addSql(`
      select pgboss.create_queue('payout.funded', '${JSON.stringify({
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
    this.addSql(`select pgboss.delete_queue('payout.funded')`);
  }
}
