import { Migration } from '@mikro-orm/migrations';

const KINDS_BEFORE = `'late_success', 'reference_used', 'echo_mismatch', 'history_contradicts', 'unexplained_payout',
  'receipt_mismatch', 'callback_contradicts', 'closed_without_proof', 'short_funds', 'provider_reversed',
  'key_rotation_unknown', 'configuration'`;

/** A provider that says no and names a payment beside it contradicts itself: an incident of its own kind. */
export class Migration20261124000560_name_refusals_with_reference extends Migration {
  override up(): void {
    this.#kinds(`${KINDS_BEFORE}, 'refused_with_reference'`);
  }

  override down(): void {
    this.addSql(`update incidents set kind = 'echo_mismatch' where kind = 'refused_with_reference'`);
    this.#kinds(KINDS_BEFORE);
  }

  #kinds(kinds: string): void {
    this.addSql(`
      alter table incidents drop constraint incidents_kind_check,
        add constraint incidents_kind_check check (kind in (${kinds}))`);
  }
}
