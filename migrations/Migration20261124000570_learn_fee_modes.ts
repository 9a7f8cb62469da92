import { Migration } from '@mikro-orm/migrations';

/** Whether the pool takes its fees on top of what it pays or out of it, as the newest day showed that adds up one way only. */
export class Migration20261124000570_learn_fee_modes extends Migration {
  override up(): void {
    this.addSql(`
      create table pool_fee_modes (
        asset text primary key references assets (asset),
        mode text not null check (mode in ('on_top', 'inside')),
        day date not null,
        learned_at timestamptz not null default clock_timestamp()
      )`);
  }

  override down(): void {
    this.addSql('drop table pool_fee_modes');
  }
}
