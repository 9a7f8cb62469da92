import { Migration } from '@mikro-orm/migrations';

/** The second factor of each operator, its recovery codes, how often somebody tried, and which sessions have passed it. */
export class Migration20261124000140_create_second_factors extends Migration {
  override up(): void {
    this.addSql(`
      create table operator_second_factors (
        id uuid primary key,
        operator_id uuid not null references operators (id) on delete cascade deferrable initially deferred,
        sealed_key text not null check (sealed_key like 'v1:%'),
        last_step bigint not null default 0,
        created_at timestamptz not null,
        confirmed_at timestamptz
      )`);
    // One that is being set up beside the one in force.
    this.addSql(`
      create unique index operator_second_factors_operator on operator_second_factors
        (operator_id, (confirmed_at is not null))`);
    // A code that was taken once, and every older one, stays taken.
    this.addSql(`
      create trigger operator_second_factors_step before update of last_step on operator_second_factors
        for each row when (new.last_step < old.last_step) execute function refuse_change()`);
    this.addSql(`
      create table operator_recovery_codes (
        id uuid primary key,
        factor_id uuid not null references operator_second_factors (id) on delete cascade deferrable initially deferred,
        hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
        used_at timestamptz
      )`);
    this.addSql('create index operator_recovery_codes_factor on operator_recovery_codes (factor_id)');
    this.addSql(`
      create trigger operator_recovery_codes_once before update on operator_recovery_codes
        for each row when (old.used_at is not null) execute function refuse_change()`);
    this.addSql(`
      create table operator_attempts (
        bucket text primary key,
        began_at timestamptz not null,
        count integer not null check (count >= 0)
      )`);
    this.addSql('alter table operator_sessions add column second_factor_at timestamptz');
  }

  override down(): void {
    this.addSql('alter table operator_sessions drop column second_factor_at');
    this.addSql('drop table operator_attempts');
    this.addSql('drop table operator_recovery_codes');
    this.addSql('drop table operator_second_factors');
  }
}
