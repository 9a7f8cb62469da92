import { Migration } from '@mikro-orm/migrations';

/** What a claimed row cost, and whether it was paid at all: the pool's books are added up with it. */
export class Migration20261124000071_keep_fees_of_claims extends Migration {
  override up(): void {
    this.addSql(`
      alter table pool_row_claims
        add column fee numeric(38,18) not null default 0,
        add column failed boolean not null default false`);
  }

  override down(): void {
    this.addSql('alter table pool_row_claims drop column fee, drop column failed');
  }
}
