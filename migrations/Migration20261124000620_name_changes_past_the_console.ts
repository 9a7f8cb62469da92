import { Migration } from '@mikro-orm/migrations';

const KINDS_BEFORE = `'late_success', 'reference_used', 'echo_mismatch', 'history_contradicts', 'unexplained_payout',
  'receipt_mismatch', 'callback_contradicts', 'closed_without_proof', 'short_funds', 'provider_reversed',
  'key_rotation_unknown', 'configuration', 'refused_with_reference'`;

/** An approved withdrawal that somebody changed in the database is an incident of its own kind. */
export class Migration20261124000620_name_changes_past_the_console extends Migration {
  override up(): void {
    this.#kinds(`${KINDS_BEFORE}, 'contents_changed'`);
  }

  override down(): void {
    this.addSql(`update incidents set kind = 'configuration' where kind = 'contents_changed'`);
    this.#kinds(KINDS_BEFORE);
  }

  #kinds(kinds: string): void {
    this.addSql(`
      alter table incidents drop constraint incidents_kind_check,
        add constraint incidents_kind_check check (kind in (${kinds}))`);
  }
}
