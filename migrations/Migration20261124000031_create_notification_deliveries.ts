import { Migration } from '@mikro-orm/migrations';

const QUEUES = ['notifications.fan-out', 'notifications.deliver', 'notifications.escalate'];

/**
 * Who is told of an event, how far that has come, and what people in the console make of it. An event cannot be written
 * without the job that passes it on: the database puts both into the same commit.
 */
export class Migration20261124000031_create_notification_deliveries extends Migration {
  override up(): void {
    this.#queues();
    this.#outbox();
    this.addSql(`
      create table notifications (
        id uuid primary key references notification_events (id) deferrable initially deferred,
        at timestamptz not null,
        severity text not null check (severity in ('critical', 'warning', 'info')),
        escalate_at timestamptz,
        acknowledged_at timestamptz,
        acknowledged_by uuid references operators (id),
        assigned_at timestamptz,
        assigned_to uuid references operators (id),
        escalated_at timestamptz,
        escalated_by uuid references operators (id),
        version integer not null default 1,
        check ((acknowledged_at is null) = (acknowledged_by is null)),
        check ((assigned_at is null) = (assigned_to is null)),
        check (escalated_by is null or escalated_at is not null)
      )`);
    this.addSql('create index notifications_all on notifications (at desc, id desc)');
    this.addSql('create index notifications_open on notifications (at desc, id desc) where acknowledged_at is null');
    this.addSql(`
      create index notifications_mine on notifications (assigned_to, at desc, id desc)
        where assigned_to is not null and acknowledged_at is null`);
    this.addSql(`
      create table webhook_endpoints (
        id uuid primary key,
        url text not null check (url ~ '^https?://'),
        description text not null,
        event_types text[] not null,
        sealed_secret text not null check (sealed_secret like 'v1:%'),
        previous_sealed_secret text check (previous_sealed_secret like 'v1:%'),
        previous_until timestamptz,
        created_by uuid not null references operators (id),
        created_at timestamptz not null,
        revoked_at timestamptz,
        version integer not null default 1,
        check ((previous_sealed_secret is null) = (previous_until is null))
      )`);
    this.#deliveries();
  }

  #queues(): void {
    for (const queue of QUEUES) {
      this.addSql(
        `select pgboss.create_queue('${queue}', '${JSON.stringify({
          policy: 'standard',
          retryLimit: 20,
          retryDelay: 2,
          retryBackoff: true,
          retryDelayMax: 60,
          expireInSeconds: 300,
          heartbeatSeconds: 20,
          deleteAfterSeconds: 3600,
          retentionSeconds: 1_209_600,
        })}'::jsonb)`,
      );
    }
  }

  #outbox(): void {
    this.addSql('alter table notification_events add column fanned_out_at timestamptz');
    this.addSql(
      'create index notification_events_waiting on notification_events (subject_type, subject_id, seq) where fanned_out_at is null',
    );
    this.addSql('drop trigger notification_events_append_only on notification_events');
    this.addSql(`
      create function keep_notification_event() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and old.fanned_out_at is null
          and to_jsonb(new) - 'fanned_out_at' = to_jsonb(old) - 'fanned_out_at' then
          return new;
        end if;
        raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
      end $$`);
    this.addSql(`
      create trigger notification_events_append_only before update or delete on notification_events
        for each row execute function keep_notification_event()`);
    this.addSql(`
      create function pass_on_notification_event() returns trigger language plpgsql as $$
      begin
        insert into pgboss.job (name, data, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max,
          expire_seconds, deletion_seconds, heartbeat_seconds, keep_until)
        select name, jsonb_build_object('eventId', new.id), policy, retry_limit, retry_delay, retry_backoff,
          retry_delay_max, expire_seconds, deletion_seconds, heartbeat_seconds,
          now() + retention_seconds * interval '1 second'
        from pgboss.queue where name = 'notifications.fan-out';
        return null;
      end $$`);
    this.addSql(`
      create trigger notification_events_pass_on after insert on notification_events
        for each row execute function pass_on_notification_event()`);
  }

  #deliveries(): void {
    this.addSql(`
      create table notification_deliveries (
        id uuid primary key,
        event_id uuid not null references notification_events (id),
        channel text not null check (channel in ('alerts', 'email', 'webhook')),
        endpoint_id uuid references webhook_endpoints (id),
        lane text not null,
        event_seq bigint not null,
        status text not null check (status in ('pending', 'delivered', 'given_up')),
        tries integer not null default 0 check (tries >= 0),
        next_at timestamptz not null,
        lease_until timestamptz,
        give_up_at timestamptz,
        last_tried_at timestamptz,
        http_status integer,
        error text,
        duration_ms integer check (duration_ms >= 0),
        delivered_at timestamptz,
        created_at timestamptz not null,
        version integer not null default 1,
        unique nulls not distinct (event_id, channel, endpoint_id),
        check ((channel = 'webhook') = (endpoint_id is not null)),
        check ((status = 'delivered') = (delivered_at is not null))
      ) with (fillfactor = 85)`);
    this.addSql(
      "create index notification_deliveries_lane on notification_deliveries (lane, event_seq) where status = 'pending'",
    );
    this.addSql(
      'create index notification_deliveries_endpoint on notification_deliveries (endpoint_id, created_at desc, id desc)',
    );
  }

  override down(): void {
    this.addSql('drop table notification_deliveries');
    this.addSql('drop table webhook_endpoints');
    this.addSql('drop table notifications');
    this.addSql('drop trigger notification_events_pass_on on notification_events');
    this.addSql('drop function pass_on_notification_event()');
    this.addSql('drop trigger notification_events_append_only on notification_events');
    this.addSql('drop function keep_notification_event()');
    this.addSql(`
      create trigger notification_events_append_only before update or delete on notification_events
        for each row execute function refuse_change()`);
    this.addSql('alter table notification_events drop column fanned_out_at');
    for (const queue of QUEUES) this.addSql(`select pgboss.delete_queue('${queue}')`);
  }
}
