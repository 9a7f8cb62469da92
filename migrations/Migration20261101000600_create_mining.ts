import { Migration } from '@mikro-orm/migrations';

/** What the pool reported, and one row for each attempt to withdraw from it. */
export class Migration20261101000600_create_mining extends Migration {
  override up(): void {
    this.addSql(`
      create table pool_projects (
        provider text primary key check (provider = 'hashdam'),
        name text,
        account text,
        read_at timestamptz not null
      )`);
    this.addSql(`
      create table pool_hash_rates (
        provider text primary key check (provider = 'hashdam'),
        at timestamptz not null,
        last_24h numeric(38,18) not null,
        last_1h numeric(38,18) not null,
        last_10m numeric(38,18) not null,
        efficiency numeric(38,18) not null,
        reject numeric(38,18) not null,
        read_at timestamptz not null
      )`);
    this.addSql(`
      create table mining_balances (
        id uuid primary key,
        owner_type text not null check (owner_type in ('project', 'member')),
        owner_id text not null,
        kind text not null check (kind in ('hash_credit', 'hash_power', 'asset', 'profit')),
        asset text not null,
        day date not null,
        amount numeric(38,18),
        available numeric(38,18),
        locked numeric(38,18),
        price numeric(38,18),
        read_at timestamptz not null,
        unique (owner_type, owner_id, kind, asset, day)
      )`);
    this.addSql('create index mining_balances_day on mining_balances (owner_type, owner_id, kind, day desc)');
    this.addSql(`
      create table mining_withdrawals (
        id uuid primary key,
        withdrawal_id uuid not null references withdrawals (id) deferrable initially deferred,
        attempt_id uuid not null unique references payout_attempts (id) deferrable initially deferred,
        attempt_no integer not null,
        asset text not null references assets (asset),
        amount numeric(38,18) not null check (amount > 0),
        fee numeric(38,18),
        status text not null check (status in ('pending', 'submitted', 'retrying', 'failed', 'manual-review', 'completed')),
        reference text,
        raw_status text,
        error text,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);
    this.addSql('create index mining_withdrawals_created on mining_withdrawals (created_at desc, id desc)');
    this.addSql('create index mining_withdrawals_asset on mining_withdrawals (asset, created_at desc, id desc)');
    this.addSql('create index mining_withdrawals_withdrawal on mining_withdrawals (withdrawal_id)');
  }

  override down(): void {
    this.addSql('drop table mining_withdrawals');
    this.addSql('drop table mining_balances');
    this.addSql('drop table pool_hash_rates');
    this.addSql('drop table pool_projects');
  }
}
