import { Migration } from '@mikro-orm/migrations';

/** Who did what, written in the commit of the change and never touched again; and the replies kept for idempotency keys. */
export class Migration20261101000200_create_audit extends Migration {
  override up(): void {
    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
      end $$`);
    this.addSql(`
      create table audit_events (
        id uuid primary key,
        at timestamptz not null,
        actor_type text not null check (actor_type in ('operator', 'api_key', 'system')),
        actor_id text not null,
        session_id text,
        request_id text,
        ip text,
        action text not null,
        subject_type text not null,
        subject_id text not null,
        reason text,
        before jsonb,
        after jsonb
      )`);
    this.addSql('create index audit_events_subject on audit_events (subject_type, subject_id, id)');
    this.addSql(`
      create trigger audit_events_append_only before update or delete on audit_events
        for each row execute function refuse_change()`);
    this.addSql(`
      create trigger audit_events_no_truncate before truncate on audit_events
        for each statement execute function refuse_change()`);
    this.addSql(`
      create table idempotency_records (
        procedure text not null,
        key text not null,
        body_hash text not null,
        reply jsonb,
        created_at timestamptz not null,
        primary key (procedure, key)
      )`);
  }

  override down(): void {
    this.addSql('drop table idempotency_records');
    this.addSql('drop table audit_events');
    this.addSql('drop function refuse_change()');
  }
}
