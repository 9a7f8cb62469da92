import { Migration } from '@mikro-orm/migrations';

/**
 * The limit of value per hour goes with each attempt that has one. Two that are fenced at the same moment do not see each
 * other: whether the limit was reached is looked at once more at the commit, one after the other, as for what a pool holds.
 */
export class Migration20261124000440_bound_value_of_hour extends Migration {
  override up(): void {
    this.addSql(`alter table payout_attempts add column hour_limit numeric(38,18) check (hour_limit > 0)`);
    this.addSql(`
      create function refuse_beyond_hour_limit() returns trigger language plpgsql as $$
      declare sent numeric;
      begin
        perform pg_advisory_xact_lock(hashtextextended('sent ' || new.provider || ' ' || new.asset, 0));
        select coalesce(sum(amount), 0) into sent from payout_attempts
          where asset = new.asset and id <> new.id and status <> 'not_executed'
            and fenced_at > clock_timestamp() - interval '1 h';
        if sent >= new.hour_limit then
          raise exception 'meanwhile others were sent what an hour may send of %', new.asset
            using errcode = 'serialization_failure';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger payout_attempts_within_hour_limit after insert on payout_attempts
        deferrable initially deferred for each row when (new.hour_limit is not null)
        execute function refuse_beyond_hour_limit()`);
  }

  override down(): void {
    this.addSql('drop trigger payout_attempts_within_hour_limit on payout_attempts');
    this.addSql('drop function refuse_beyond_hour_limit()');
    this.addSql('alter table payout_attempts drop column hour_limit');
  }
}
