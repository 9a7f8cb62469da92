import { Migration } from '@mikro-orm/migrations';

const KINDS = [
  ...['missing', 'extra', 'repeated', 'amount', 'status', 'address', 'fee', 'booked', 'postings', 'withdrawal'],
  'equation',
]
  .map((kind) => `'${kind}'`)
  .join(', ');

/** Runs that compare the pool's records with ours, and the differences they see. */
export class Migration20261124000120_create_reconciliation extends Migration {
  override up(): void {
    this.addSql(`
      create table reconciliation_runs (
        id uuid primary key,
        from_day date not null,
        to_day date not null,
        status text not null check (status in ('running', 'completed', 'failed')),
        requested_by text not null,
        started_at timestamptz not null,
        ended_at timestamptz,
        listed_rows integer not null default 0,
        attempts integer not null default 0,
        seen integer not null default 0,
        found integer not null default 0,
        reason text,
        check (to_day >= from_day and to_day - from_day < 92),
        check ((status = 'running') = (ended_at is null)),
        check ((status = 'failed') = (reason is not null))
      )`);
    this.addSql('create index reconciliation_runs_started on reconciliation_runs (started_at desc, id desc)');
    this.#rows();
    this.#differences();
    this.addSql(`
      select pgboss.create_queue('reconciliation.run', '${JSON.stringify({
        policy: 'standard',
        retryLimit: 5,
        retryDelay: 30,
        retryBackoff: true,
        retryDelayMax: 600,
        expireInSeconds: 3_600,
        heartbeatSeconds: 20,
        deleteAfterSeconds: 604_800,
        retentionSeconds: 1_209_600,
      })}'::jsonb)`);
  }

  override down(): void {
    this.addSql(`select pgboss.delete_queue('reconciliation.run')`);
    this.addSql('drop table reconciliation_differences');
    this.addSql('drop table reconciliation_rows');
    this.addSql('drop table reconciliation_runs');
  }

  /**
   * What a run has read and not compared yet. Lost with a crash, and read again: nothing else depends on it. Each row is
   * written once and changed once, and none outlives its run: there is room for that, and no index to keep.
   */
  #rows(): void {
    this.addSql(`
      create unlogged table reconciliation_rows (
        no bigint generated always as identity primary key,
        run_id uuid not null,
        asset text not null,
        day date not null,
        reference text not null,
        amount numeric(38,18),
        amount_text text not null,
        fee numeric(38,18),
        address text,
        status text not null check (status in ('moving', 'completed', 'failed')),
        raw_status text not null,
        created_at timestamptz,
        how text,
        attempt_id uuid,
        named_id uuid
      ) with (fillfactor = 50)`);
  }

  #differences(): void {
    this.addSql(`
      create table reconciliation_differences (
        id uuid primary key,
        kind text not null check (kind in (${KINDS})),
        subject text not null,
        asset text not null references assets (asset),
        day date not null,
        reference text,
        withdrawal_id uuid,
        attempt_id uuid,
        expected text,
        observed text,
        found_in uuid not null references reconciliation_runs (id),
        seen_in uuid not null references reconciliation_runs (id),
        found_at timestamptz not null,
        seen_at timestamptz not null,
        gone_at timestamptz,
        explained_at timestamptz,
        explained_by text,
        note text check (length(note) between 1 and 500),
        check ((explained_at is null) = (explained_by is null) and (explained_at is null) = (note is null))
      )`);
    this.addSql(`
      create unique index reconciliation_differences_subject on reconciliation_differences (kind, subject)
        where gone_at is null`);
    this.addSql(`
      create index reconciliation_differences_found on reconciliation_differences (found_at desc, id desc)`);
    this.addSql(`
      create index reconciliation_differences_open on reconciliation_differences (found_at desc, id desc)
        where gone_at is null and explained_at is null`);
    this.addSql('create index reconciliation_differences_seen on reconciliation_differences (seen_in)');
    this.addSql(
      'create index reconciliation_differences_day on reconciliation_differences (day) where gone_at is null',
    );
  }
}
