import { Migration } from '@mikro-orm/migrations';

/** What the pool listed when it was asked, whose each listed row is, and since when a coin is watched. */
export class Migration20261124000070_create_pool_history extends Migration {
  override up(): void {
    this.addSql(`
      create table pool_history_contents (
        sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
        rows jsonb not null
      )`);
    this.addSql(`
      create table pool_history_reads (
        id uuid primary key,
        provider text not null check (provider = 'hashdam'),
        asset text not null references assets (asset),
        from_day date not null,
        to_day date not null check (to_day >= from_day),
        started_at timestamptz not null,
        ended_at timestamptz not null check (ended_at >= started_at),
        row_count integer not null check (row_count >= 0),
        sha256 text not null references pool_history_contents (sha256),
        clock_offset_ms integer
      )`);
    this.addSql('create index pool_history_reads_newest on pool_history_reads (provider, asset, started_at desc)');
    this.addSql('create index pool_history_reads_contents on pool_history_reads (sha256)');
    this.addSql(`
      create table pool_watches (
        provider text not null check (provider = 'hashdam'),
        asset text not null references assets (asset),
        since timestamptz not null,
        read_whole_at timestamptz,
        primary key (provider, asset)
      )`);
    this.#claims();
    this.addSql('create index payout_attempts_coin on payout_attempts (provider, asset, amount, fenced_at desc)');
    this.addSql(`
      select pgboss.create_queue('pool.sweep', '${JSON.stringify({
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

  /** A listed row is one payment's or none's, whoever says so and at what time: this one index decides. */
  #claims(): void {
    this.addSql(`
      create table pool_row_claims (
        id uuid primary key,
        provider text not null check (provider = 'hashdam'),
        reference text not null,
        asset text not null references assets (asset),
        amount numeric(38,18) not null,
        row_created_at timestamptz,
        how text not null check (how in ('bound', 'registered', 'explained')),
        attempt_id uuid references payout_attempts (id) deferrable initially deferred,
        by_name boolean not null,
        type text not null,
        address text,
        claimed_by text not null,
        claimed_at timestamptz not null default now(),
        unique nulls not distinct (provider, reference, asset, amount, row_created_at),
        check ((how = 'bound') = (attempt_id is not null)),
        check (how = 'bound' or not by_name)
      )`);
    this.addSql('create index pool_row_claims_attempt on pool_row_claims (attempt_id) where attempt_id is not null');
    this.addSql('create index pool_row_claims_named on pool_row_claims (provider, asset) where by_name');
    this.addSql(`
      create trigger pool_row_claims_append_only before update or delete on pool_row_claims
        for each row execute function refuse_change()`);
    this.addSql(`
      create trigger pool_row_claims_no_truncate before truncate on pool_row_claims
        for each statement execute function refuse_change()`);
  }

  override down(): void {
    this.addSql(`select pgboss.delete_queue('pool.sweep')`);
    this.addSql('drop index payout_attempts_coin');
    this.addSql('drop table pool_row_claims');
    this.addSql('drop table pool_watches');
    this.addSql('drop table pool_history_reads');
    this.addSql('drop table pool_history_contents');
  }
}
