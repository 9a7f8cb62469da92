import { Migration } from '@mikro-orm/migrations';

/** Wallet keys sealed with an older encryption key are found and sealed anew. */
export class Migration20261124000042_create_re_encrypt_queue extends Migration {
  override up(): void {
    this.addSql(`create index wallets_sealed_with on wallets (split_part(encrypted_key, ':', 2))`);
    this.addSql(
      `select pgboss.create_queue('wallets.re-encrypt', '${JSON.stringify({
        policy: 'standard',
        retryLimit: 20,
        retryDelay: 2,
        retryBackoff: true,
        retryDelayMax: 60,
        expireInSeconds: 300,
        heartbeatSeconds: 20,
        deleteAfterSeconds: 604_800,
        retentionSeconds: 1_209_600,
      })}'::jsonb)`,
    );
  }

  override down(): void {
    this.addSql(`select pgboss.delete_queue('wallets.re-encrypt')`);
    this.addSql('drop index wallets_sealed_with');
  }
}
