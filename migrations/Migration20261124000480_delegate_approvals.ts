import { Migration } from '@mikro-orm/migrations';

/**
 * An approver hands their right to approve to one colleague for a while. The colleague's vote then counts for both
 * groups, and for one person: the two of them never count twice. The table says who stands in for whom, nobody else does.
 */
export class Migration20261124000480_delegate_approvals extends Migration {
  override up(): void {
    this.#table();
    this.#open();
    this.#guard();
    this.addSql(`
      alter table withdrawal_approvals
        add column behalf_of uuid references operators (id) deferrable initially deferred,
        add column behalf_role text,
        add constraint withdrawal_approvals_behalf_check check ((behalf_of is null) = (behalf_role is null)
          and behalf_of is distinct from operator_id)`);
    for (const text of [VOTE_GROUPS, refuseVote(STANDING_IN), QUORUM]) this.addSql(text);
  }

  #table(): void {
    this.addSql(`
      create table approval_delegations (
        id uuid primary key,
        delegator_id uuid not null references operators (id) deferrable initially deferred,
        delegate_id uuid not null references operators (id) deferrable initially deferred,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        reason text not null check (reason <> ''),
        created_at timestamptz not null,
        ended_at timestamptz,
        ended_by uuid references operators (id) deferrable initially deferred,
        ended_because text check (ended_because in ('revoked', 'disabled', 'role_changed', 'second_factor_reset')),
        check (delegator_id <> delegate_id),
        check (starts_at >= created_at and ends_at > starts_at and ends_at <= starts_at + interval '336 hours'),
        check ((ended_at is null) = (ended_because is null) and (ended_by is null or ended_at is not null))
      )`);
    this.addSql('create index approval_delegations_open on approval_delegations (ends_at) where ended_at is null');
    this.addSql('create index approval_delegations_delegator on approval_delegations (delegator_id, id)');
    this.addSql('create index approval_delegations_delegate on approval_delegations (delegate_id, id)');
  }

  /** Every reader asks this, and no other clock: whoever lost the right to approve neither hands it on nor stands in. */
  #open(): void {
    this.addSql(`
      create function may_approve(operator uuid) returns boolean language sql as $$
        select exists (select 1 from operators o join operator_second_factors f on f.operator_id = o.id
          where o.id = operator and o.role in ('finance', 'admin') and o.disabled_at is null
            and f.confirmed_at is not null)
      $$`);
    this.addSql(`
      create function open_delegations() returns table (delegator_id uuid, delegate_id uuid, delegator_role text)
      language sql as $$
        select d.delegator_id, d.delegate_id, o.role from approval_delegations d join operators o on o.id = d.delegator_id
        where d.ended_at is null and d.starts_at <= clock_timestamp() and d.ends_at > clock_timestamp()
          and may_approve(d.delegator_id) and may_approve(d.delegate_id)
      $$`);
  }

  /** Whoever is in one takes no part in another until it is over: no chains, and one colleague at a time. */
  #guard(): void {
    this.addSql(`
      create function guard_approval_delegation() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          raise exception 'approval_delegations is append-only: delete refused' using errcode = 'restrict_violation';
        end if;
        if tg_op = 'UPDATE' then
          if old.ended_at is not null or (new.id, new.delegator_id, new.delegate_id, new.starts_at, new.ends_at, new.reason,
            new.created_at) is distinct from (old.id, old.delegator_id, old.delegate_id, old.starts_at, old.ends_at,
            old.reason, old.created_at) then
            raise exception 'a delegation can only be ended, and once' using errcode = 'restrict_violation';
          end if;
          new.ended_at := clock_timestamp();
          return new;
        end if;
        perform 1 from operators where id in (new.delegator_id, new.delegate_id) order by id for no key update;
        new.created_at := clock_timestamp();
        new.starts_at := coalesce(new.starts_at, new.created_at);
        if not (may_approve(new.delegator_id) and may_approve(new.delegate_id)) then
          raise exception 'only who may approve hands it on, to somebody who may' using errcode = 'check_violation';
        end if;
        perform 1 from approval_delegations d where d.ended_at is null and d.ends_at > clock_timestamp()
          and array[d.delegator_id, d.delegate_id] && array[new.delegator_id, new.delegate_id];
        if found then
          raise exception 'one of the two is in a delegation that is not over' using errcode = 'check_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger approval_delegations_guard before insert or update or delete on approval_delegations
        for each row execute function guard_approval_delegation()`);
    this.addSql(`
      create trigger approval_delegations_no_truncate before truncate on approval_delegations
        for each statement execute function refuse_change()`);
  }

  override down(): void {
    for (const text of [QUORUM_BEFORE, refuseVote(ALONE), VOTE_GROUP_BEFORE]) this.addSql(text);
    this.addSql('alter table withdrawal_approvals drop column behalf_of, drop column behalf_role');
    this.addSql('drop table approval_delegations');
    this.addSql('drop function guard_approval_delegation()');
    this.addSql('drop function open_delegations()');
    this.addSql('drop function may_approve(uuid)');
  }
}

const VOTE_GROUPS = `
  create or replace function vote_for_own_group() returns trigger language plpgsql as $$
  begin
    select role into new.operator_role from operators where id = new.operator_id;
    new.behalf_of := null;
    new.behalf_role := null;
    select delegator_id, delegator_role into new.behalf_of, new.behalf_role
      from open_delegations() where delegate_id = new.operator_id;
    return new;
  end $$`;
const VOTE_GROUP_BEFORE = `
  create or replace function vote_for_own_group() returns trigger language plpgsql as $$
  begin
    select role into new.operator_role from operators where id = new.operator_id;
    return new;
  end $$`;

/** Who could have asked for it themselves does not vote on it. */
const refuseVote = ({ declared, before, voter, after }: Record<'declared' | 'before' | 'voter' | 'after', string>) => `
  create or replace function refuse_own_vote() returns trigger language plpgsql as $$
  ${declared}
  begin
    ${before}
    perform 1 from withdrawals w where w.id = new.withdrawal_id and (w.edited_by ${voter}
      or w.requested_by_type = 'operator' and w.requested_by_id ${voter}
      or w.requested_by_type = 'api_key' and exists (
        select 1 from api_key_secrets s where s.api_key_id = w.requested_by_id and s.shown_to ${voter}
          and s.created_at <= w.requested_at and (s.expires_at is null or s.expires_at > w.requested_at)));
    if found then
      raise exception 'nobody approves what they asked for themselves' using errcode = 'check_violation';
    end if;
    ${after}
    return new;
  end $$`;
const ALONE = { declared: '', before: '', voter: '= new.operator_id', after: '' };
/** Nor does who stands in for them. Two votes of a pair meet at the withdrawal's row, one after the other. */
const STANDING_IN = {
  declared: 'declare stands_for uuid; stood_in_by uuid;',
  before: `
    perform 1 from withdrawals where id = new.withdrawal_id for no key update;
    select delegator_id into stands_for from open_delegations() where delegate_id = new.operator_id;
    select delegate_id into stood_in_by from open_delegations() where delegator_id = new.operator_id;`,
  voter: 'in (new.operator_id, stands_for)',
  after: `
    perform 1 from withdrawal_approvals v where v.withdrawal_id = new.withdrawal_id and v.revision = new.revision
      and (v.operator_id in (stands_for, stood_in_by) or v.behalf_of in (new.operator_id, stands_for));
    if found then
      raise exception 'who stands in for somebody and they count once' using errcode = 'check_violation';
    end if;`,
};

const quorum = (counted: string, people: string, met: string): string => `
  create or replace function refuse_without_quorum() returns trigger language plpgsql as $$
  declare
    tier jsonb;
    finance integer;
    admin integer;
    either integer;
    met boolean;
  begin
    ${counted}
      from withdrawal_approvals
      where withdrawal_id = new.id and revision = new.revision and digest = new.digest;
    if new.policy_tier is not null then
      select rules->'tiers'->(new.policy_tier - 1) into tier from policy_versions
        where no::text = new.policy_version;
      if tier is null then
        raise exception 'withdrawal % cites a tier that there is not', new.id using errcode = 'check_violation';
      end if;
    end if;
    if ${people} < greatest(new.approvals_required, (tier->>'approvals')::integer) then
      raise exception 'withdrawal % lacks approvals', new.id using errcode = 'check_violation';
    end if;
    if jsonb_array_length(tier->'groups'->'of') > 0 then
      ${met}
      if not met then
        raise exception 'withdrawal % lacks a group', new.id using errcode = 'check_violation';
      end if;
    end if;
    return null;
  end $$`;

/** A vote that could count for either group counts for the one that lacks it, and for one only. */
const QUORUM = quorum(
  `select
      count(*) filter (where operator_role = 'finance' and coalesce(behalf_role, 'finance') = 'finance'),
      count(*) filter (where operator_role = 'admin' and coalesce(behalf_role, 'admin') = 'admin'),
      count(*) filter (where (operator_role, behalf_role) in (('finance', 'admin'), ('admin', 'finance')))
      into finance, admin, either`,
  'finance + admin + either',
  `select case tier->'groups'->>'join' when 'any' then bool_or(short <= either) else sum(short) <= either end into met
        from (select greatest(0, (g->>'atLeast')::integer - case g->>'group' when 'finance' then finance
          when 'admin' then admin else 0 end) as short from jsonb_array_elements(tier->'groups'->'of') g) counted;`,
);
const QUORUM_BEFORE = quorum(
  `select count(*) filter (where operator_role = 'finance'), count(*) filter (where operator_role = 'admin')
      into finance, admin`,
  'finance + admin',
  `select case tier->'groups'->>'join' when 'any' then bool_or(enough) else bool_and(enough) end into met
        from (select case g->>'group' when 'finance' then finance when 'admin' then admin else 0 end
          >= (g->>'atLeast')::integer as enough from jsonb_array_elements(tier->'groups'->'of') g) counted;`,
);
