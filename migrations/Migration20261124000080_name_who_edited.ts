import { Migration } from '@mikro-orm/migrations';

/** Whoever changed what is asked for does not approve it: the row names them, and the database refuses their vote. */
export class Migration20261124000080_name_who_edited extends Migration {
  override up(): void {
    this.addSql(
      'alter table withdrawals add column edited_by uuid references operators (id) deferrable initially deferred',
    );
    this.addSql(`
      create function refuse_own_vote() returns trigger language plpgsql as $$
      begin
        perform 1 from withdrawals where id = new.withdrawal_id and (edited_by = new.operator_id
          or requested_by_type = 'operator' and requested_by_id = new.operator_id);
        if found then
          raise exception 'nobody approves what they asked for themselves' using errcode = 'check_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger withdrawal_approvals_by_another before insert on withdrawal_approvals
        for each row execute function refuse_own_vote()`);
  }

  override down(): void {
    this.addSql('drop trigger withdrawal_approvals_by_another on withdrawal_approvals');
    this.addSql('drop function refuse_own_vote()');
    this.addSql('alter table withdrawals drop column edited_by');
  }
}
