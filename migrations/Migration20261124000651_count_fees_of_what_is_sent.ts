import { Migration } from '@mikro-orm/migrations';

/**
 * What is sent out of a balance costs its fee as well, and what was open when the balance was taken may not be in it yet: both
 * count against what the provider held, at the fence and once more at the commit.
 */
export class Migration20261124000651_count_fees_of_what_is_sent extends Migration {
  override up(): void {
    this.addSql(`
      alter table payout_attempts add column covered_fee numeric(38,18),
        add constraint payout_attempts_cover_fee check (covered_fee is null or (covered_fee >= 0 and covered_since is not null))`);
    this.addSql(`
      create index payout_attempts_done on payout_attempts (provider, asset, coalesce(late_at, ended_at, 'infinity'))`);
    this.addSql(`
      create index pool_row_claims_fee on pool_row_claims (provider, asset, fee) where how <> 'explained' and not failed`);
    this.#bound(
      'sum(amount + coalesce(new.covered_fee, 0))',
      `coalesce(late_at, ended_at, 'infinity') >= new.covered_since`,
    );
  }

  override down(): void {
    this.#bound('sum(amount)', 'fenced_at >= new.covered_since');
    this.addSql('drop index pool_row_claims_fee');
    this.addSql('drop index payout_attempts_done');
    this.addSql('alter table payout_attempts drop column covered_fee');
  }

  #bound(sum: string, isSent: string): void {
    this.addSql(`
      create or replace function refuse_more_than_covered() returns trigger language plpgsql as $$
      declare sent numeric;
      begin
        perform pg_advisory_xact_lock(hashtextextended('sent ' || new.provider || ' ' || new.asset, 0));
        select ${sum} into sent from payout_attempts
          where provider = new.provider and asset = new.asset and ${isSent}
            and (status <> 'not_executed' or late_at is not null);
        if sent > new.covered_amount then
          raise exception 'meanwhile others were sent what the provider holds of %', new.asset
            using errcode = 'serialization_failure';
        end if;
        return null;
      end $$`);
  }
}
