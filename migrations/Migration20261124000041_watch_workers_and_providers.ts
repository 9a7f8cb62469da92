import { Migration } from '@mikro-orm/migrations';

/** Which workers live, what the providers last said, and which circuit breakers were announced as open. */
export class Migration20261124000041_watch_workers_and_providers extends Migration {
  override up(): void {
    this.addSql(`
      create table workers (
        name text primary key,
        host text not null,
        process_id integer not null,
        started_at timestamptz not null,
        seen_at timestamptz not null,
        gone_at timestamptz
      ) with (fillfactor = 50)`);
    this.addSql(`
      alter table provider_states
        add column asked_at timestamptz,
        add column last_failed_at timestamptz,
        add column last_failure text,
        add column clock_offset_ms integer,
        add check ((last_failed_at is null) = (last_failure is null))`);
    this.addSql(`
      create table open_breakers (
        scope text not null check (scope in ('provider', 'asset')),
        target text not null,
        opened_at timestamptz not null,
        primary key (scope, target)
      )`);
    this.addSql('create index payout_attempts_recent on payout_attempts (provider, fenced_at desc)');
    this.addSql('create index payout_attempts_asset_recent on payout_attempts (asset, fenced_at desc)');
  }

  override down(): void {
    this.addSql('drop index payout_attempts_asset_recent, payout_attempts_recent');
    this.addSql('drop table open_breakers');
    this.addSql(`
      alter table provider_states drop column asked_at, drop column last_failed_at, drop column last_failure,
        drop column clock_offset_ms`);
    this.addSql('drop table workers');
  }
}
