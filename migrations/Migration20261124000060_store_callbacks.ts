import { Migration } from '@mikro-orm/migrations';

/** What the wallet provider posted about transits, byte for byte. The database itself sees to it that none is kept twice. */
export class Migration20261124000060_store_callbacks extends Migration {
  override up(): void {
    this.addSql(`
      create table wallet_callbacks (
        id uuid primary key,
        attempt_id uuid not null references payout_attempts (id) deferrable initially deferred,
        body bytea not null check (octet_length(body) <= 16384),
        body_hash text not null check (body_hash ~ '^[0-9a-f]{64}$'),
        content_type text check (length(content_type) <= 200),
        ip text check (length(ip) <= 100),
        received_at timestamptz not null,
        unique (attempt_id, body_hash)
      )`);
    this.addSql(`
      create trigger wallet_callbacks_kept before update or delete on wallet_callbacks
        for each row execute function refuse_change()`);
    this.addSql(`
      create trigger wallet_callbacks_no_truncate before truncate on wallet_callbacks
        for each statement execute function refuse_change()`);
    this.addSql(`
      select pgboss.create_queue('callback.process', '${JSON.stringify({
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
    this.addSql(`select pgboss.delete_queue('callback.process')`);
    this.addSql('drop table wallet_callbacks');
  }
}
