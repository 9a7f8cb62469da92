import { Migration } from '@mikro-orm/migrations';

/**
 * The last guard against paying and refunding the same coins: in a status that only what is not under way can have, no
 * attempt is open. Looked at when it is committed, since the attempt that ends is written in the same commit.
 */
export class Migration20261124000561_end_with_nothing_open extends Migration {
  override up(): void {
    this.addSql(`
      create function refuse_while_open() returns trigger language plpgsql as $$
      begin
        perform 1 from payout_attempts where withdrawal_id = new.id
          and status in ('dispatching', 'submitted', 'pending-transit', 'unknown');
        if found then
          raise exception 'withdrawal % cannot be % while an attempt may still pay', new.id, new.status
            using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger withdrawals_nothing_open after update of status on withdrawals
        deferrable initially deferred for each row
        when (old.status is distinct from new.status
          and new.status in ('pending', 'approved_pending', 'retrying', 'completed', 'failed', 'rejected', 'cancelled'))
        execute function refuse_while_open()`);
  }

  override down(): void {
    this.addSql('drop trigger withdrawals_nothing_open on withdrawals');
    this.addSql('drop function refuse_while_open()');
  }
}
