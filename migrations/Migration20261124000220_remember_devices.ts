import { Migration } from '@mikro-orm/migrations';

/** Tries are kept one by one, so that a quarter of an hour is any quarter of an hour; and the devices that people sign in from. */
export class Migration20261124000220_remember_devices extends Migration {
  override up(): void {
    this.addSql('drop table operator_rate_limits');
    this.addSql('drop table operator_attempts');
    this.addSql(`
      create table operator_attempts (
        bucket text primary key,
        tries timestamptz[] not null check (cardinality(tries) <= 10),
        last_at timestamptz not null
      )`);
    this.addSql('create index operator_attempts_last on operator_attempts (last_at)');
    this.addSql(`
      create table operator_devices (
        id uuid primary key,
        operator_id uuid not null references operators (id) on delete cascade deferrable initially deferred,
        token_hash text not null check (token_hash ~ '^[0-9a-f]{64}$'),
        user_agent text,
        first_seen_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        unique (operator_id, token_hash)
      )`);
    this.addSql('alter table operator_sessions add column device_id uuid');
  }

  override down(): void {
    this.addSql('alter table operator_sessions drop column device_id');
    this.addSql('drop table operator_devices');
    this.addSql('drop table operator_attempts');
    this.addSql(`
      create table operator_attempts (
        bucket text primary key,
        began_at timestamptz not null,
        count integer not null check (count >= 0)
      )`);
    this.addSql(`
      create table operator_rate_limits (
        id uuid primary key,
        key text not null unique,
        count integer not null,
        last_request bigint not null
      )`);
  }
}
