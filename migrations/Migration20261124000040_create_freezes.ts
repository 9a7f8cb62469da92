import { Migration } from '@mikro-orm/migrations';

/** Stops that one person sets and only two lift, and the channel on which every sender hears of them at once. */
export class Migration20261124000040_create_freezes extends Migration {
  override up(): void {
    this.addSql(`
      create table freezes (
        id uuid primary key,
        scope text not null check (scope in ('all', 'provider', 'asset', 'wallet')),
        target text,
        reason text not null check (reason <> ''),
        frozen_by uuid not null references operators (id) deferrable initially deferred,
        frozen_at timestamptz not null,
        lift_proposed_by uuid references operators (id) deferrable initially deferred,
        lift_proposed_at timestamptz,
        lifted_by uuid references operators (id) deferrable initially deferred,
        lifted_at timestamptz,
        check ((scope = 'all') = (target is null)),
        check ((lift_proposed_by is null) = (lift_proposed_at is null)),
        check ((lifted_by is null) = (lifted_at is null)),
        check (lifted_by is null or (lift_proposed_by is not null and lifted_by <> lift_proposed_by))
      )`);
    this.addSql(`
      create unique index freezes_one_open on freezes (scope, coalesce(target, '')) where lifted_at is null`);
    this.addSql(`
      create function guard_freeze() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          if new.lift_proposed_by is not null or new.lifted_by is not null then
            raise exception 'a freeze begins frozen' using errcode = 'restrict_violation';
          end if;
          return new;
        end if;
        if tg_op = 'DELETE' or old.lifted_at is not null
          or (new.id, new.scope, new.target, new.reason, new.frozen_by, new.frozen_at)
            is distinct from (old.id, old.scope, old.target, old.reason, old.frozen_by, old.frozen_at) then
          raise exception 'a freeze is lifted, never changed or deleted' using errcode = 'restrict_violation';
        end if;
        if new.lifted_by is not null and
          (old.lift_proposed_by is null or new.lift_proposed_by is distinct from old.lift_proposed_by) then
          raise exception 'a freeze is lifted by two: one proposes, another one lifts' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger freezes_guard before insert or update or delete on freezes
        for each row execute function guard_freeze()`);
    this.addSql(`
      create trigger freezes_no_truncate before truncate on freezes
        for each statement execute function refuse_change()`);
    this.addSql(`
      create function notify_stops() returns trigger language plpgsql as $$
      begin
        perform pg_notify('stops', '');
        return null;
      end $$`);
    this.addSql(`
      create trigger freezes_notify after insert or update on freezes
        for each row execute function notify_stops()`);
    this.addSql(`
      create trigger provider_states_notify after update on provider_states
        for each row when (old.paused_at is distinct from new.paused_at) execute function notify_stops()`);
    this.addSql('alter table withdrawals drop constraint withdrawals_wait_reason_check');
    this.addSql(`
      alter table withdrawals add constraint withdrawals_wait_reason_check check (wait_reason in ('provider_paused',
        'same_amount', 'funds', 'on_hold', 'not_before', 'configuration', 'approval_stale', 'frozen', 'breaker',
        'wallet_paused'))`);
  }

  override down(): void {
    this.addSql('alter table withdrawals drop constraint withdrawals_wait_reason_check');
    this.addSql(`
      update withdrawals set wait_reason = 'provider_paused' where wait_reason in ('frozen', 'breaker', 'wallet_paused')`);
    this.addSql(`
      alter table withdrawals add constraint withdrawals_wait_reason_check check (wait_reason in ('provider_paused',
        'same_amount', 'funds', 'on_hold', 'not_before', 'configuration', 'approval_stale'))`);
    this.addSql('drop trigger provider_states_notify on provider_states');
    this.addSql('drop table freezes');
    this.addSql('drop function notify_stops()');
    this.addSql('drop function guard_freeze()');
  }
}
