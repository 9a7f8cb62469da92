import { Migration } from '@mikro-orm/migrations';

/** Passkeys, and the second factor that was given for one action and no other. */
export class Migration20261124000141_create_step_ups extends Migration {
  override up(): void {
    this.addSql(`
      create table operator_passkeys (
        id uuid primary key,
        operator_id uuid not null references operators (id) on delete cascade deferrable initially deferred,
        credential_id text not null unique,
        public_key text not null,
        transports text[] not null,
        name text not null,
        created_at timestamptz not null,
        last_used_at timestamptz
      )`);
    this.addSql('create index operator_passkeys_operator on operator_passkeys (operator_id)');
    this.addSql(`
      create table step_ups (
        id uuid primary key,
        session_id uuid not null,
        operator_id uuid not null references operators (id) on delete cascade deferrable initially deferred,
        action text not null,
        digest text not null check (digest ~ '^[0-9a-f]{64}$'),
        challenge text not null unique,
        began_at timestamptz not null default now(),
        confirmed_at timestamptz,
        confirmed_with text check (confirmed_with in ('code', 'passkey')),
        used_at timestamptz,
        check ((confirmed_at is null) = (confirmed_with is null)),
        check (used_at is null or confirmed_at is not null)
      )`);
    this.addSql('create index step_ups_open on step_ups (session_id, digest) where used_at is null');
    this.addSql('create index step_ups_operator on step_ups (operator_id, began_at)');
    // What it was given for cannot be changed, nor can it be given or used again.
    this.addSql(`
      create trigger step_ups_bound before update on step_ups
        for each row when (old.used_at is not null
          or (old.confirmed_at is not null and new.confirmed_at is distinct from old.confirmed_at)
          or (new.session_id, new.operator_id, new.action, new.digest, new.challenge, new.began_at)
            is distinct from (old.session_id, old.operator_id, old.action, old.digest, old.challenge, old.began_at))
        execute function refuse_change()`);
  }

  override down(): void {
    this.addSql('drop table step_ups');
    this.addSql('drop table operator_passkeys');
  }
}
