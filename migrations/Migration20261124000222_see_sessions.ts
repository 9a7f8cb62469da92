import { Migration } from '@mikro-orm/migrations';

/** When somebody last did something in a session, and the token it had until a moment ago. */
export class Migration20261124000222_see_sessions extends Migration {
  override up(): void {
    this.addSql(`
      alter table operator_sessions
        add column last_seen_at timestamptz not null default now(),
        add column previous_token text,
        add column rotated_at timestamptz`);
    this.addSql(`
      create index operator_sessions_previous on operator_sessions (previous_token) where previous_token is not null`);
  }

  override down(): void {
    this.addSql('drop index operator_sessions_previous');
    this.addSql(`
      alter table operator_sessions drop column last_seen_at, drop column previous_token, drop column rotated_at`);
  }
}
