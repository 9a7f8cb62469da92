import { Migration } from '@mikro-orm/migrations';

/** Versions of the policy, and on each withdrawal which version and tier of it its approval is under. */
export class Migration20261124000240_create_policies extends Migration {
  override up(): void {
    this.#versions();
    this.#withdrawals();
    this.#votes();
    this.#quorum();
    this.addSql(`
      select pgboss.create_queue('policy.apply', '${JSON.stringify({
        policy: 'standard',
        retryLimit: 20,
        retryDelay: 2,
        retryBackoff: true,
        retryDelayMax: 60,
        expireInSeconds: 3_600,
        heartbeatSeconds: 20,
        deleteAfterSeconds: 604_800,
        retentionSeconds: 1_209_600,
      })}'::jsonb)`);
  }

  /** The first one comes from the settings and has no people; every other one has two. */
  #versions(): void {
    this.addSql(`
      create table policy_versions (
        id uuid primary key,
        no integer not null unique check (no > 0),
        rules jsonb not null check (jsonb_typeof(rules->'tiers') = 'array' and jsonb_array_length(rules->'tiers') between 1 and 6),
        effective_from timestamptz not null,
        loosens boolean not null,
        note text,
        proposed_by uuid references operators (id) deferrable initially deferred,
        confirmed_by uuid references operators (id) deferrable initially deferred,
        confirmed_at timestamptz not null,
        decision_id uuid unique references dual_decisions (id) deferrable initially deferred,
        applied_at timestamptz,
        check ((no = 1) = (proposed_by is null) and (no = 1) = (confirmed_by is null)
          and (no = 1) = (decision_id is null)),
        check (proposed_by <> confirmed_by),
        check (no = 1 or effective_from >= confirmed_at + case when loosens then interval '24 hours' else interval '0' end)
      )`);
    this.addSql(`
      create trigger policy_versions_immutable before update on policy_versions
        for each row when (old.applied_at is not null
          or (new.id, new.no, new.rules, new.effective_from, new.loosens, new.note, new.proposed_by, new.confirmed_by,
            new.confirmed_at, new.decision_id) is distinct from (old.id, old.no, old.rules, old.effective_from, old.loosens,
            old.note, old.proposed_by, old.confirmed_by, old.confirmed_at, old.decision_id))
        execute function refuse_change()`);
    this.addSql(`
      create trigger policy_versions_no_delete before delete on policy_versions
        for each row execute function refuse_change()`);
    this.addSql(`
      create trigger policy_versions_no_truncate before truncate on policy_versions
        for each statement execute function refuse_change()`);
  }

  #withdrawals(): void {
    this.addSql(`
      alter table withdrawals
        add column policy_tier integer check (policy_tier between 1 and 6),
        add column escalated boolean not null default false,
        add column expires_after_hours integer not null default 72 check (expires_after_hours between 1 and 720),
        drop constraint withdrawals_approvals_required_check,
        add constraint withdrawals_approvals_required_check check (approvals_required between 0 and 10)`);
  }

  /** A vote counts for the group its person is in at that moment; the table says which, and nobody else does. */
  #votes(): void {
    this.addSql('alter table withdrawal_approvals add column operator_role text');
    this.addSql(`
      update withdrawal_approvals v set operator_role = o.role from operators o where o.id = v.operator_id`);
    this.addSql('alter table withdrawal_approvals alter column operator_role set not null');
    this.addSql(`
      create function vote_for_own_group() returns trigger language plpgsql as $$
      begin
        select role into new.operator_role from operators where id = new.operator_id;
        return new;
      end $$`);
    this.addSql(`
      create trigger withdrawal_approvals_group before insert on withdrawal_approvals
        for each row execute function vote_for_own_group()`);
  }

  /** At commit: whatever is approved has the votes that the version and tier it cites ask for. */
  #quorum(): void {
    this.addSql(`
      create function refuse_without_quorum() returns trigger language plpgsql as $$
      declare
        tier jsonb;
        finance integer;
        admin integer;
        met boolean;
      begin
        select count(*) filter (where operator_role = 'finance'), count(*) filter (where operator_role = 'admin')
          into finance, admin from withdrawal_approvals
          where withdrawal_id = new.id and revision = new.revision and digest = new.digest;
        if new.policy_tier is not null then
          select rules->'tiers'->(new.policy_tier - 1) into tier from policy_versions
            where no::text = new.policy_version;
          if tier is null then
            raise exception 'withdrawal % cites a tier that there is not', new.id using errcode = 'check_violation';
          end if;
        end if;
        if finance + admin < greatest(new.approvals_required, (tier->>'approvals')::integer) then
          raise exception 'withdrawal % lacks approvals', new.id using errcode = 'check_violation';
        end if;
        if jsonb_array_length(tier->'groups'->'of') > 0 then
          select case tier->'groups'->>'join' when 'any' then bool_or(enough) else bool_and(enough) end into met
            from (select case g->>'group' when 'finance' then finance when 'admin' then admin else 0 end
              >= (g->>'atLeast')::integer as enough from jsonb_array_elements(tier->'groups'->'of') g) counted;
          if not met then
            raise exception 'withdrawal % lacks a group', new.id using errcode = 'check_violation';
          end if;
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger withdrawals_quorum after update on withdrawals
        deferrable initially deferred for each row
        when (new.status = 'approved' and old.status in ('pending', 'approved_pending'))
        execute function refuse_without_quorum()`);
  }

  override down(): void {
    this.addSql(`select pgboss.delete_queue('policy.apply')`);
    this.addSql('drop trigger withdrawals_quorum on withdrawals');
    this.addSql('drop function refuse_without_quorum()');
    this.addSql('drop trigger withdrawal_approvals_group on withdrawal_approvals');
    this.addSql('drop function vote_for_own_group()');
    this.addSql('alter table withdrawal_approvals drop column operator_role');
    this.addSql(`
      alter table withdrawals drop column policy_tier, drop column escalated, drop column expires_after_hours,
        drop constraint withdrawals_approvals_required_check,
        add constraint withdrawals_approvals_required_check check (approvals_required between 1 and 10) not valid`);
    this.addSql('drop table policy_versions');
  }
}
