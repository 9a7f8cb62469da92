import { Migration } from '@mikro-orm/migrations';

/** What tells a copied passkey, and challenges that were answered: each counts once. */
export class Migration20261124000221_sign_in_with_passkeys extends Migration {
  override up(): void {
    this.addSql(`
      alter table operator_passkeys
        add column sign_count bigint not null default 0 check (sign_count >= 0),
        add column device_bound boolean not null default false`);
    this.addSql(`
      create trigger operator_passkeys_count before update of sign_count on operator_passkeys
        for each row when (new.sign_count < old.sign_count) execute function refuse_change()`);
    this.addSql(`
      create table passkey_challenges (
        challenge text primary key,
        answered_at timestamptz not null default now()
      )`);
    this.addSql('create index passkey_challenges_answered on passkey_challenges (answered_at)');
  }

  override down(): void {
    this.addSql('drop table passkey_challenges');
    this.addSql('drop trigger operator_passkeys_count on operator_passkeys');
    this.addSql('alter table operator_passkeys drop column sign_count, drop column device_bound');
  }
}
