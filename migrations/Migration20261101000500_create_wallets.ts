import { Migration } from '@mikro-orm/migrations';

/** Wallets at the custody provider and one row for each attempt to move something out of one. */
export class Migration20261101000500_create_wallets extends Migration {
  override up(): void {
    this.addSql(`
      create table wallets (
        id uuid primary key,
        member_id text not null check (member_id ~ '^[A-Za-z0-9._:-]{1,64}$'),
        address text unique,
        encrypted_key text check (encrypted_key like 'v1:%'),
        status text not null check (status in ('creating', 'active', 'paused')),
        created_at timestamptz not null,
        updated_at timestamptz not null,
        check (status = 'creating' or (address is not null and encrypted_key is not null))
      )`);
    this.addSql('create index wallets_created on wallets (created_at desc, id desc)');
    this.addSql('create index wallets_member on wallets (member_id, created_at desc, id desc)');
    this.addSql(
      'alter table withdrawals add constraint withdrawals_wallet foreign key (wallet_id) references wallets (id) deferrable initially deferred',
    );
    this.addSql(`
      create table wallet_transactions (
        id uuid primary key,
        wallet_id uuid not null references wallets (id) deferrable initially deferred,
        attempt_id uuid not null unique references payout_attempts (id) deferrable initially deferred,
        kind text not null check (kind in ('transfer', 'transit')),
        asset text not null references assets (asset),
        amount numeric(38,18) not null check (amount > 0),
        to_address text not null,
        status text not null check (status in ('pending', 'submitted', 'pending-transit', 'retrying', 'failed',
          'manual-review', 'confirmed')),
        txid text,
        token text,
        error text,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);
    this.addSql('create index wallet_transactions_wallet on wallet_transactions (wallet_id, created_at desc, id desc)');
  }

  override down(): void {
    this.addSql('drop table wallet_transactions');
    this.addSql('alter table withdrawals drop constraint withdrawals_wallet');
    this.addSql('drop table wallets');
  }
}
