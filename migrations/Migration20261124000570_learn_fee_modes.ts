import { Migration } from '@mikro-orm/migrations';

/** Whether the pool takes its fees on top of what it pays or out of it, as the newest day showed that adds up one way only, and the first day of it. */
export class Migration20261124000570_learn_fee_modes extends Migration {
  override up(): void {
    this.addSql(`
      create table pool_fee_modes (
        asset text primary key references assets (asset),
        mode text not null check (mode in ('on_top', 'inside')),
        day date not null,
        since date not null check (since <= day),
        learned_at timestamptz not null default clock_timestamp()
      )`);
  }

  override down(): void {
    this.addSql('drop table pool_fee_modes');
  }
}
