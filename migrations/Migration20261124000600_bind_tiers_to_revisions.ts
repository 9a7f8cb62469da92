import { Migration } from '@mikro-orm/migrations';

/**
 * What an approval takes is no part of the digest; it changes only with the revision, which voids every vote. No revision
 * comes back either: its votes would count again.
 */
export class Migration20261124000600_bind_tiers_to_revisions extends Migration {
  override up(): void {
    this.addSql(`
      create function refuse_other_tier() returns trigger language plpgsql as $$
      begin
        raise exception 'withdrawal % is voted on anew where it takes other approvals', new.id
          using errcode = 'check_violation';
      end $$`);
    this.addSql(`
      create trigger withdrawals_tier before update on withdrawals for each row
        when (new.revision < old.revision
          or (new.policy_tier, new.approvals_required, new.escalated, new.expires_after_hours) is distinct from
            (old.policy_tier, old.approvals_required, old.escalated, old.expires_after_hours)
            and (new.revision <> old.revision + 1 or new.status <> 'pending'))
        execute function refuse_other_tier()`);
  }

  override down(): void {
    this.addSql('drop trigger withdrawals_tier on withdrawals');
    this.addSql('drop function refuse_other_tier()');
  }
}
