import { Migration } from '@mikro-orm/migrations';

/**
 * Whom a colleague made finance or administrator counts as one of several people only from a moment on: else one
 * administrator invites a second self and is two. Nobody who was here before waits, nor whom the machine's owner made.
 */
export class Migration20261124000500_wait_for_newcomers extends Migration {
  override up(): void {
    this.addSql('alter table operators add column counts_from timestamptz');
    this.addSql(`
      create function is_newcomer(operator uuid) returns boolean language sql as $$
        select exists (select 1 from operators o where o.id = operator and o.counts_from > clock_timestamp())
      $$`);
    this.addSql(mayApprove('and (o.counts_from > clock_timestamp()) is not true'));
    this.addSql(`
      create function refuse_newcomer() returns trigger language plpgsql as $$
      declare
        person text := tg_argv[0];
      begin
        if is_newcomer((to_jsonb(new)->>person)::uuid) then
          raise exception 'whose right is new is not yet one of several people' using errcode = 'check_violation';
        end if;
        return new;
      end $$`);
    for (const [name, rule] of TRIGGERS) {
      this.addSql(`create trigger ${name} before ${rule}`);
    }
  }

  override down(): void {
    for (const [name, , table] of TRIGGERS) this.addSql(`drop trigger ${name} on ${table}`);
    this.addSql('drop function refuse_newcomer()');
    this.addSql(mayApprove(''));
    this.addSql('drop function is_newcomer(uuid)');
    this.addSql('alter table operators drop column counts_from');
  }
}

const mayApprove = (unless: string): string => `
  create or replace function may_approve(operator uuid) returns boolean language sql as $$
    select exists (select 1 from operators o join operator_second_factors f on f.operator_id = o.id
      where o.id = operator and o.role in ('finance', 'admin') and o.disabled_at is null
        and f.confirmed_at is not null ${unless})
  $$`;

const TRIGGERS = [
  [
    'withdrawal_approvals_no_newcomer',
    `insert on withdrawal_approvals for each row execute function refuse_newcomer('operator_id')`,
    'withdrawal_approvals',
  ],
  [
    'dual_decisions_no_newcomer_proposes',
    `insert on dual_decisions for each row execute function refuse_newcomer('proposed_by')`,
    'dual_decisions',
  ],
  [
    'dual_decisions_no_newcomer_confirms',
    `update on dual_decisions for each row when (new.ending = 'confirmed') execute function refuse_newcomer('ended_by')`,
    'dual_decisions',
  ],
  [
    'freezes_no_newcomer_proposes',
    `update on freezes for each row when (new.lift_proposed_by is distinct from old.lift_proposed_by)
       execute function refuse_newcomer('lift_proposed_by')`,
    'freezes',
  ],
  [
    'freezes_no_newcomer_lifts',
    `update on freezes for each row when (new.lifted_by is distinct from old.lifted_by)
       execute function refuse_newcomer('lifted_by')`,
    'freezes',
  ],
] as const;
