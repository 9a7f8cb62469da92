import { Migration } from '@mikro-orm/migrations';

/** When a payment is looked at next: the job of another moment than that one is not needed any more. */
export class Migration20261124000571_look_once_in_turn extends Migration {
  override up(): void {
    this.addSql('alter table payout_attempts add column next_look_at timestamptz');
  }

  override down(): void {
    this.addSql('alter table payout_attempts drop column next_look_at');
  }
}
