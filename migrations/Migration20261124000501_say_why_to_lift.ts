import { Migration } from '@mikro-orm/migrations';

/** Who lifts a freeze as the second reads why the first would. */
export class Migration20261124000501_say_why_to_lift extends Migration {
  override up(): void {
    this.addSql(`
      alter table freezes add column lift_reason text
        check (lift_reason <> '' and (lift_reason is null or lift_proposed_by is not null))`);
  }

  override down(): void {
    this.addSql('alter table freezes drop column lift_reason');
  }
}
