import { Migration } from '@mikro-orm/migrations';

/** What happened that somebody outside must learn of, written in the commit that made it happen: the outbox. */
export class Migration20261124000030_create_notification_events extends Migration {
  override up(): void {
    this.addSql('create sequence notification_events_seq');
    this.addSql(`
      create table notification_events (
        id uuid primary key,
        seq bigint not null unique default nextval('notification_events_seq'),
        at timestamptz not null,
        type text not null check (type ~ '^[a-z_]+\\.[a-z_]+$'),
        severity text not null check (severity in ('critical', 'warning', 'info')),
        for_people boolean not null,
        subject_type text not null,
        subject_id text not null,
        withdrawal_id uuid references withdrawals (id) deferrable initially deferred,
        member_id text,
        asset text,
        amount numeric(38,18) check (amount > 0),
        target text,
        requested_at timestamptz,
        attempts integer not null default 0 check (attempts >= 0),
        from_status text,
        to_status text,
        reason text,
        check (to_status is null or (withdrawal_id is not null and member_id is not null and asset is not null
          and amount is not null and target is not null and requested_at is not null)),
        check (to_status is null or from_status is distinct from to_status)
      )`);
    this.addSql('create index notification_events_subject on notification_events (subject_type, subject_id, seq)');
    this.addSql(`
      create function count_attempts_so_far() returns trigger language plpgsql as $$
      begin
        select coalesce(max(no), 0) into new.attempts from payout_attempts where withdrawal_id = new.withdrawal_id;
        return new;
      end $$`);
    this.addSql(`
      create trigger notification_events_attempts before insert on notification_events
        for each row when (new.withdrawal_id is not null) execute function count_attempts_so_far()`);
    this.addSql(`
      create trigger notification_events_append_only before update or delete on notification_events
        for each row execute function refuse_change()`);
    this.addSql(`
      create trigger notification_events_no_truncate before truncate on notification_events
        for each statement execute function refuse_change()`);
  }

  override down(): void {
    this.addSql('drop table notification_events');
    this.addSql('drop function count_attempts_so_far()');
    this.addSql('drop sequence notification_events_seq');
  }
}
