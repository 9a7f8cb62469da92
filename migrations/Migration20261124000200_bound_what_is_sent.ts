import { Migration } from '@mikro-orm/migrations';

/**
 * What a payout at the pool relies on goes with its attempt: how much the pool held, and since when what was sent counts
 * against it. Two that are fenced at the same moment cannot both have the last of it: that is looked at once more at the
 * commit, one after the other, where nothing else has to be waited for.
 */
export class Migration20261124000200_bound_what_is_sent extends Migration {
  override up(): void {
    this.addSql(`
      alter table payout_attempts add column covered_since timestamptz, add column covered_amount numeric(38,18),
        add constraint payout_attempts_cover_whole check ((covered_since is null) = (covered_amount is null))`);
    this.addSql(`
      create function refuse_more_than_covered() returns trigger language plpgsql as $$
      declare sent numeric;
      begin
        perform pg_advisory_xact_lock(hashtextextended('sent ' || new.provider || ' ' || new.asset, 0));
        select sum(amount) into sent from payout_attempts
          where provider = new.provider and asset = new.asset and fenced_at >= new.covered_since
            and (status <> 'not_executed' or late_at is not null);
        if sent > new.covered_amount then
          raise exception 'meanwhile others were sent what the provider holds of %', new.asset
            using errcode = 'serialization_failure';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger payout_attempts_covered after insert on payout_attempts
        deferrable initially deferred for each row when (new.covered_amount is not null)
        execute function refuse_more_than_covered()`);
  }

  override down(): void {
    this.addSql('drop trigger payout_attempts_covered on payout_attempts');
    this.addSql('drop function refuse_more_than_covered()');
    this.addSql('alter table payout_attempts drop column covered_since, drop column covered_amount');
  }
}
