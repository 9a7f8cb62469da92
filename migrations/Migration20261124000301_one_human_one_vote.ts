import { Migration } from '@mikro-orm/migrations';

const refuseOwnVote = (orWithAKey: string): string => `
  create or replace function refuse_own_vote() returns trigger language plpgsql as $$
  begin
    perform 1 from withdrawals w where w.id = new.withdrawal_id and (w.edited_by = new.operator_id
      or w.requested_by_type = 'operator' and w.requested_by_id = new.operator_id ${orWithAKey});
    if found then
      raise exception 'nobody approves what they asked for themselves' using errcode = 'check_violation';
    end if;
    return new;
  end $$`;

/** Whoever has been shown an API key and could use it could have asked: their vote is refused like the requester's. */
export class Migration20261124000301_one_human_one_vote extends Migration {
  override up(): void {
    this.addSql(
      refuseOwnVote(`or w.requested_by_type = 'api_key' and exists (
        select 1 from api_key_secrets s where s.api_key_id = w.requested_by_id and s.shown_to = new.operator_id
          and s.created_at <= w.requested_at and (s.expires_at is null or s.expires_at > w.requested_at))`),
    );
  }

  override down(): void {
    this.addSql(refuseOwnVote(''));
  }
}
