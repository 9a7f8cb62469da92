import { Migration } from '@mikro-orm/migrations';

/** People who sign in, their sessions (kept by better-auth in these tables) and the API keys of platform backends. */
export class Migration20261101000100_create_operators extends Migration {
  override up(): void {
    this.addSql(`
      create table operators (
        id uuid primary key,
        email text not null,
        email_verified boolean not null default true,
        name text not null,
        image text,
        role text not null check (role in ('support', 'finance', 'admin', 'auditor')),
        disabled_at timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);
    this.addSql('create unique index operators_email on operators (lower(email))');
    this.addSql(`
      create table operator_sessions (
        id uuid primary key,
        operator_id uuid not null references operators (id) on delete cascade deferrable initially deferred,
        token text not null unique,
        ip_address text,
        user_agent text,
        expires_at timestamptz not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);
    this.addSql('create index operator_sessions_operator on operator_sessions (operator_id)');
    this.addSql(`
      create table operator_accounts (
        id uuid primary key,
        operator_id uuid not null references operators (id) on delete cascade deferrable initially deferred,
        account_id text not null,
        provider_id text not null,
        password text,
        access_token text,
        refresh_token text,
        id_token text,
        access_token_expires_at timestamptz,
        refresh_token_expires_at timestamptz,
        scope text,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (provider_id, account_id)
      )`);
    this.addSql('create index operator_accounts_operator on operator_accounts (operator_id)');
    this.addSql(`
      create table operator_verifications (
        id uuid primary key,
        identifier text not null,
        value text not null,
        expires_at timestamptz not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      )`);
    this.addSql('create index operator_verifications_identifier on operator_verifications (identifier)');
    this.addSql(`
      create table operator_rate_limits (
        id uuid primary key,
        key text not null unique,
        count integer not null,
        last_request bigint not null
      )`);
    this.addSql(`
      create table api_keys (
        id uuid primary key,
        name text not null,
        hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
        scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'credit', 'withdraw', 'wallets']),
        created_by uuid not null references operators (id) deferrable initially deferred,
        created_at timestamptz not null,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz
      )`);
  }

  override down(): void {
    this.addSql('drop table api_keys');
    this.addSql('drop table operator_rate_limits');
    this.addSql('drop table operator_verifications');
    this.addSql('drop table operator_accounts');
    this.addSql('drop table operator_sessions');
    this.addSql('drop table operators');
  }
}
