import { Migration } from '@mikro-orm/migrations';

/**
 * Two people decide, both at the time it takes effect: what somebody proposed who may no longer decide, or whose right is
 * newer than the proposal, is confirmed by nobody; and a lift that was proposed more than a day ago is none.
 */
export class Migration20261124000541_void_what_others_proposed extends Migration {
  override up(): void {
    this.addSql(`
      create function decides_since(operator uuid, since timestamptz) returns boolean language sql as $$
        select may_approve(operator)
          and not exists (select 1 from operators o where o.id = operator and o.counts_from > since)
      $$`);
    this.addSql(`
      create function lift_stands(proposed_by uuid, proposed_at timestamptz) returns boolean language sql as $$
        select proposed_at > clock_timestamp() - interval '24 hours' and decides_since(proposed_by, proposed_at)
      $$`);
    this.addSql(`
      create function refuse_void_proposal() returns trigger language plpgsql as $$
      begin
        raise exception 'whoever proposed this may no longer decide, or it was too long ago' using errcode = 'check_violation';
      end $$`);
    this.addSql(`
      create trigger dual_decisions_proposer_decides before update on dual_decisions
        for each row when (new.ending = 'confirmed' and not decides_since(old.proposed_by, old.proposed_at))
        execute function refuse_void_proposal()`);
    this.addSql(`
      create trigger freezes_proposer_decides before update on freezes
        for each row when (new.lifted_by is distinct from old.lifted_by
          and not lift_stands(old.lift_proposed_by, old.lift_proposed_at))
        execute function refuse_void_proposal()`);
  }

  override down(): void {
    this.addSql('drop trigger freezes_proposer_decides on freezes');
    this.addSql('drop trigger dual_decisions_proposer_decides on dual_decisions');
    this.addSql('drop function refuse_void_proposal()');
    this.addSql('drop function lift_stands(uuid, timestamptz)');
    this.addSql('drop function decides_since(uuid, timestamptz)');
  }
}
