import { Migration } from '@mikro-orm/migrations';

/** Links by which somebody becomes an operator: each opens once, for a while, for one address and role. */
export class Migration20261124000223_invite_operators extends Migration {
  override up(): void {
    this.addSql(`
      create table operator_invitations (
        id uuid primary key,
        email text not null,
        role text not null check (role in ('support', 'finance', 'admin', 'auditor')),
        token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
        invited_by uuid not null references operators (id) deferrable initially deferred,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        accepted_at timestamptz,
        revoked_at timestamptz,
        check (accepted_at is null or revoked_at is null)
      )`);
    this.addSql(
      'create index operator_invitations_open on operator_invitations (created_at) where accepted_at is null',
    );
    // What was accepted or taken back stays so, and whom it is for is never changed.
    this.addSql(`
      create trigger operator_invitations_once before update on operator_invitations
        for each row when (old.accepted_at is not null or old.revoked_at is not null
          or (new.email, new.role, new.token_hash, new.expires_at)
            is distinct from (old.email, old.role, old.token_hash, old.expires_at))
        execute function refuse_change()`);
  }

  override down(): void {
    this.addSql('drop table operator_invitations');
  }
}
