import { Migration } from '@mikro-orm/migrations';

/** A token changes at the second factor, and the one before opens nothing from then on: nothing has to be remembered of it. */
export class Migration20261124000302_keep_session_tokens extends Migration {
  override up(): void {
    this.addSql('drop index operator_sessions_previous');
    this.addSql('alter table operator_sessions drop column previous_token, drop column rotated_at');
  }

  override down(): void {
    this.addSql('alter table operator_sessions add column previous_token text, add column rotated_at timestamptz');
    this.addSql(`
      create index operator_sessions_previous on operator_sessions (previous_token) where previous_token is not null`);
  }
}
